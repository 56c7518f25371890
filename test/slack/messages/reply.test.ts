import type { ReplyKind, RotationView } from '../../../src/rotation/ports.ts';
import { renderReply } from '../../../src/slack/messages/reply.ts';
import { textsFor } from '../../../src/text/catalogue.ts';
import { exampleService, exampleView, manyServices, now, people, states, trouble } from '../example-views.ts';
import { buttonsOf, readBlocks } from '../reading.ts';

const render = (view: RotationView, kind: ReplyKind) => {
  const { text, blocks } = renderReply(view, kind, textsFor(), people);
  return { notice: text, text: readBlocks(blocks), buttons: buttonsOf(blocks), blocks };
};

const mailer = exampleService('mailer', { verdict: { is: 'denied', trouble, tasks: 2 } });
const untouched = Array.from({ length: 14 }, (_, n) => exampleService(`s${n}`));
const changes = {
  startedAt: now - 300_000,
  approvals: [{ by: 'U_BEN', at: 1 }],
  trouble: {
    cause: 'login',
    consumerId: mailer.consumer.id,
    pull: trouble,
    ownAttempt: 'not-permitted',
    at: now,
  } as const,
};
const failed = (state: RotationView['rotation']['state']) =>
  exampleView(state, { consumers: [mailer, ...untouched], changes });

test('a failure says what, whether anything is down, why, what was done, what to do, and what ECS said', () => {
  const { notice, text, buttons, blocks } = render(failed(states.wentBack), 'failure');
  expect(notice).toBe('<@U_AYA> <@U_BEN>  mailer could not pull with the new login. Nothing is down.');
  expect(text).toContain("mailer's new task was refused at <!date^");
  expect(text).toContain('2 of 2 tasks run. 14 services were not touched.');
  expect(text).toContain(
    'ghcr.io accepts the login but does not let it read acme/mailer. We tried it ourselves',
  );
  expect(text).toContain('Stopped. The old login is back in use since');
  expect(text).toContain(
    'Give acme-pull read access to acme/mailer, then press Try Again. No need to enter it again.',
  );
  expect(text).toContain('permission_denied: read_package');
  expect(buttons).toEqual(['Try Again', 'Enter Another Login']);
  expect(blocks.filter(({ type }) => type === 'table')).toHaveLength(1);
});

test('a failure with no way back says so on its screen', () => {
  const { text, buttons } = render(failed({ ...states.paused, canGoBack: false }), 'failure');
  expect(text).toContain('The new login stays in use.');
  expect(text).toContain('there is nothing to go back to');
  expect(text).toContain('do not deploy or scale in');
  expect(buttons).toEqual(['Try Again', 'Enter Another Login', 'Leave As It Is']);
});

test('a login that is refused whole is to be entered anew, not tried again', () => {
  const refused = { ...trouble, cause: 'credential_rejected' };
  const { text } = render(
    exampleView(states.wentBack, {
      consumers: [exampleService('mailer', { verdict: { is: 'denied', trouble: refused, tasks: 2 } })],
      changes: { ...changes, trouble: { ...changes.trouble, pull: refused, ownAttempt: 'login-refused' } },
    }),
    'failure',
  );
  expect(text).toContain('ghcr.io refuses this login');
  expect(text).not.toContain('No need to enter it again');
});

test('tasks beyond the wanted number, as a rollout has them, are not counted', () => {
  const progress = { is: 'restarting', deploymentId: 'd', since: 1, running: 4, desired: 2 } as const;
  const doubled = { ...mailer, progress };
  const { text } = render(exampleView(states.wentBack, { consumers: [doubled], changes }), 'failure');
  expect(text).toContain('2 of 2 tasks run.');
});

test('an old copy of the image is told with its host and is not called done', () => {
  const api = exampleService('api', {
    desired: 6,
    verdict: { is: 'stale', trouble: { ...trouble, host: 'i-0a1' }, tasks: 6 },
  });
  const { notice, text } = render(
    exampleView(states.wentBack, { consumers: [api], changes: { startedAt: 1 } }),
    'failure',
  );
  expect(notice).toContain('api runs, but on an old copy of its image. Nothing is down.');
  expect(text).toContain('A task on i-0a1 could not pull and runs an old copy.');
  expect(text).toContain('Not counted as done.');
});

test('the table takes 20 rows and says how many more there are', () => {
  const { blocks } = render(exampleView(states.wentBack, { consumers: manyServices(300) }), 'failure');
  const table = blocks.find((block) => block.type === 'table');
  expect(table?.type === 'table' && table.rows).toHaveLength(22);
  expect(JSON.stringify(table)).toContain('and 10 more');
});

test('what ECS said stands in the table as it came, and calls nobody', () => {
  const reason = 'CannotPullContainerError: <!channel> & more';
  const consumers = [
    exampleService('a', { verdict: { is: 'denied', trouble: { ...trouble, reason }, tasks: 1 } }),
  ];
  const { blocks } = render(exampleView(states.wentBack, { consumers }), 'failure');
  const table = blocks.find((block) => block.type === 'table');
  expect(table?.type === 'table' && table.rows[1]?.[2]).toEqual({ type: 'raw_text', text: reason });
  expect(JSON.stringify(blocks.filter(({ type }) => type !== 'table'))).not.toContain('<!channel>');
});

test('calls the approvers the first time and when more would restart than was approved', () => {
  const first = render(exampleView(states.waiting, { consumers: untouched }), 'asked-again');
  expect(first.notice).toMatch(
    /^<!subteam\^S_APPROVERS> {2}Please approve a new ghcr.io login. 14 services restart./,
  );
  const again = render(exampleView({ ...states.waiting, round: 2 }), 'asked-again');
  expect(again.notice).toContain('more would restart');
});

test.each([
  [60_000 * 30, '30 minutes'],
  [60_000 * 120, '2 hours'],
])('reminds those concerned of a pause of %i ms', (ms, words) => {
  const { notice, buttons } = render(failed({ ...states.paused, since: now - ms }), 'reminder');
  expect(notice).toContain(
    `<@U_AYA> <@U_BEN>  The new ghcr.io login has waited for a decision for ${words}.`,
  );
  expect(buttons).toContain('Try Again');
});

test('after going back the stored value waits to be tried again, save a leaked case', () => {
  const { text, buttons } = render(failed(states.wentBack), 'went-back');
  expect(text).toContain('The new login is kept.');
  expect(buttons).toEqual(['Try Again', 'Enter Another Login']);
});

test('an emergency start is told to the approvers with its reason and a button to review it', () => {
  const started = { approvals: [{ by: 'U_DANA', at: 1, emergency: 'api cannot start' }], unreviewed: true };
  const { notice, text, buttons } = render(exampleView(states.rolling, { changes: started }), 'emergency');
  expect(notice).toContain(
    '<!subteam^S_APPROVERS>  <@U_DANA> started the new ghcr.io login without approval.',
  );
  expect(text).toContain('api cannot start');
  expect(buttons).toEqual(['Mark as Reviewed']);
});
