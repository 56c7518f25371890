import { renderReply } from '../../../src/slack/messages/reply.ts';
import { textsFor } from '../../../src/text/catalogue.ts';
import { exampleService, exampleView, people, states, trouble } from '../example-views.ts';

const failing = (name: string) =>
  exampleService(name, { verdict: { is: 'denied', trouble: { ...trouble, taskId: name }, tasks: 1 } });
const headOf = (...names: string[]) => {
  const view = exampleView(states.wentBack, { consumers: names.map(failing), changes: { startedAt: 1 } });
  const table = renderReply(view, 'failure', textsFor(), people).blocks.find(({ type }) => type === 'table');
  return table?.type === 'table' ? table.rows[0]?.map((cell) => 'text' in cell && cell.text) : undefined;
};

test('does not say again in its row what to do about the only service that failed', () => {
  expect(headOf('mailer')).toEqual(['Service', 'Task', 'ECS said']);
});

test('says in each row what to do where several failed', () => {
  expect(headOf('mailer', 'web')).toEqual(['Service', 'Task', 'ECS said', 'What to do']);
});
