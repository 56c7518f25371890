import { renderReply } from '../../../src/slack/messages/reply.ts';
import { renderRotation } from '../../../src/slack/messages/rotation.ts';
import { textsFor } from '../../../src/text/catalogue.ts';
import { exampleService, exampleView, now, people, states } from '../example-views.ts';
import { readBlocks } from '../reading.ts';

const changes = { startedAt: now - 60_000, settledAt: now - 30_000 };
const pulled = exampleService('web', { verdict: { is: 'pulled', provedBy: 1, tasks: 2 } });
const leftOut = exampleService('billing', { planned: { action: 'leave-out', because: 'code-deploy' } });
const consumers = [exampleService('api'), leftOut, exampleService('mailer'), pulled];
const linesOf = (state: Parameters<typeof exampleView>[0], shown = consumers) =>
  readBlocks(renderRotation(exampleView(state, { consumers: shown, changes }), textsFor(), people).blocks)
    .split('\n')
    .filter((line) => /^\*(Pulled|Later|Not restarted|Left out)\*|^and /.test(line));

test('puts those whose turn has not come in one line, after what moves and before what is left out', () => {
  expect(linesOf(states.rolling)).toEqual([
    '*Pulled* web · proved by 1 of 2 tasks',
    '*Later* api and mailer',
    '*Left out* billing is deployed by CodeDeploy; its next deployment will prove it',
  ]);
});

test('says of those that were never reached that they were not restarted, once it has ended', () => {
  expect(linesOf(states.wentBack)[1]).toBe('*Not restarted* api and mailer');
});

test('counts consumers and not lines where there are more than a screen shows', () => {
  const many = Array.from({ length: 22 }, (_, i) => ({
    ...pulled,
    consumer: { ...pulled.consumer, id: `web-${i}` },
  }));
  expect(linesOf(states.rolling, [...many, ...consumers]).at(-1)).toBe('and 6 more');
});

test('sends nobody from the thread to the thread', () => {
  const reply = renderReply(
    exampleView(states.wentBack, { consumers, changes }),
    'ended',
    textsFor(),
    people,
  );
  expect(readBlocks(reply.blocks)).toContain('The old login is in use.');
  expect(readBlocks(reply.blocks)).not.toContain('in the thread');
});
