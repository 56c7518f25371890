import type { RotationView } from '../../../src/rotation/ports.ts';
import type { Finding } from '../../../src/rotation/rules/checks.ts';
import { renderRotation } from '../../../src/slack/messages/rotation.ts';
import { textsFor } from '../../../src/text/catalogue.ts';
import {
  exampleService,
  exampleView,
  manyServices,
  now,
  okReport,
  people,
  states,
  trouble,
} from '../example-views.ts';
import { buttonsOf, readBlocks } from '../reading.ts';

const show = (view: RotationView) => {
  const { text, blocks } = renderRotation(view, textsFor(), people);
  return { notice: text, text: readBlocks(blocks), buttons: buttonsOf(blocks) };
};
const services = [
  exampleService('staging-api', { stage: 'staging', planned: { action: 'restart', group: 0 } }),
  exampleService('mailer', { planned: { action: 'restart', group: 1 } }),
  exampleService('web', { planned: { action: 'restart', group: 2 } }),
  exampleService('api', { planned: { action: 'restart', group: 3 } }),
  exampleService('billing', { planned: { action: 'leave-out', because: 'code-deploy' } }),
];
const started = { startedAt: now - 660_000, settledAt: now - 600_000 };

test('asks for approval: what, in which order, checked how, undone how', () => {
  const { notice, text, buttons } = show(
    exampleView(states.waiting, { consumers: services, report: okReport }),
  );
  expect(notice).toBe('Approve a new ghcr.io login? 4 services restart. Checks passed. Can be undone.');
  expect(text).toContain('*Waiting for approval* from <!subteam^S_APPROVERS> until <!date^');
  expect(text).toContain(
    '1 secret gets the new login. 4 of 5 services restart with the same builds and settings. Nothing is down.',
  );
  expect(text).toContain('staging, then mailer alone, then 2 groups. About 20 minutes.');
  expect(text).toContain('*OK*  The new login may pull all 31 images');
  expect(text).toContain(
    'Restarts 4 services, staging first. Stops at the first failure and goes back to the old login.',
  );
  expect(buttons).toEqual(['Approve', 'Deny', 'Show Services', 'Cancel Request']);
});

test.each([
  ['the login in use is refused', { report: { ...okReport, oldLoginWorks: false } }],
  [
    'the login in use could not be tried',
    { report: { ...okReport, oldLoginWorks: undefined }, changes: { oldLoginWorks: undefined } },
  ],
])('promises no way back where %s', (_what, parts) => {
  const { notice, text } = show(exampleView(states.waiting, { consumers: services, ...parts }));
  expect(notice).toContain('Cannot be undone.');
  expect(text).toContain('It cannot go back to the old login.');
});

test('says of a leaked login that there is no going back to it, though it works', () => {
  const { ask } = exampleView(states.waiting).rotation;
  const report = {
    ...okReport,
    findings: [{ check: 'no-way-back', facts: { registry: 'ghcr.io' } } as const],
  };
  const { text, notice } = show(
    exampleView(states.waiting, { report, changes: { ask: { ...ask, why: 'leaked' } } }),
  );
  expect(text).toContain('Will not be undone: the old login is leaked');
  expect(notice).toContain('1 to decide.');
});

test('says of a login that nothing uses neither that it was proved nor that another may be revoked', () => {
  const { ask } = exampleView(states.done).rotation;
  const changes = { ask: { ...ask, entry: 'in-use' as const } };
  const { text } = show(exampleView(states.done, { consumers: [], changes }));
  expect(text).toContain('there was nothing to prove');
  expect(text).not.toContain('revoke');
});

test('offers no Approve where a check stops, and says what to do', () => {
  const findings: Finding[] = [
    { check: 'image-no-worse', facts: { repository: 'acme/old-batch' } },
    { check: 'image-worse', facts: { repository: 'acme/mailer', service: 'mailer' } },
  ];
  const { text, buttons } = show(exampleView(states.cannotStart, { report: { ...okReport, findings } }));
  expect(text).toContain(
    '*Stop*  The new login may not read acme/mailer (mailer). The login in use may.\n*Note*',
  );
  expect(text).toContain(
    'Give acme-pull read access, or authorise the token for single sign-on, then press Check Again.',
  );
  expect(buttons).toEqual(['Check Again', 'Enter Another Login', 'Cancel Request']);
});

test('offers a start without approval only from its time on', () => {
  const early = { ...states.waiting, emergencyFrom: now + 1 };
  expect(show(exampleView(early)).buttons).not.toContain('Start Without Approval');
  expect(show(exampleView({ ...early, emergencyFrom: now })).buttons).toContain('Start Without Approval');
});

test('tells of the first service, then of how far the rest is', () => {
  const first = exampleView({ ...states.rolling, group: 0 }, { consumers: services, changes: started });
  expect(show(first).text).toContain(
    '*First service.* staging-api restarts with the new login. Nothing else has changed.',
  );
  const consumers = [
    exampleService('mailer', {
      planned: { action: 'restart', group: 0 },
      verdict: { is: 'pulled', provedBy: 2, tasks: 4 },
    }),
    exampleService('web', {
      progress: { is: 'restarting', deploymentId: 'd', since: now, running: 3, desired: 4 },
    }),
    exampleService('shop-api', { progress: { is: 'waiting-for-colleague', deploymentId: 'd', since: now } }),
  ];
  const { text, notice, buttons } = show(exampleView(states.rolling, { consumers, changes: started }));
  expect(text).toContain(
    '*Rolling out* 1 of 3 pulled with the new login · 0 failed · group 2 of 5 · 7 of 8 tasks running · 11 min',
  );
  expect(text).toContain('web runs 3 of 4.');
  expect(text).toContain("*Waiting* shop-api: someone's deployment is running.");
  expect(notice).not.toContain('Nothing is down');
  expect(buttons).toEqual(['Stop']);
});

test('puts failing services first and says how many lines are not shown', () => {
  const { text } = show(exampleView(states.rolling, { consumers: manyServices(300), changes: started }));
  const lines = text.split('\n').filter((line) => line.includes('service-with-a-rather-long-name'));
  expect(lines[1]).toMatch(/^\*Failed\*/);
  expect(text).toContain('and 280 more');
});

test.each([
  ['done', states.done, 'You can revoke the old one.', []],
  [
    'finished',
    states.finished,
    'Finished, 2 not proven yet.* 1 pulled. Left: billing and report-web. Do not revoke the old login yet.',
    [],
  ],
  [
    'went back',
    states.wentBack,
    '*Went back.* The old login is in use. Nothing is down. Reason in the thread.',
    ['Try Again', 'Enter Another Login'],
  ],
])('when %s says whether the old login may be revoked', (_what, state, words, buttons) => {
  const consumers = [exampleService('web', { verdict: { is: 'pulled', provedBy: 1, tasks: 2 } })];
  const shown = show(exampleView(state, { consumers, changes: started }));
  expect(shown.text).toContain(words);
  expect(shown.buttons).toEqual(buttons);
  expect(shown.text.includes('You can revoke')).toBe(state.outcome === 'done');
});

test.each([
  [states.denied, '*Denied* by <@U_BEN>: wrong week. Nothing was changed.'],
  [states.expired, '*Expired*, nobody approved. Nothing was changed.'],
  [states.cancelled, '*Cancelled* by <@U_AYA>. Nothing was changed.'],
  [states.replaced, '*Replaced* by a newer request of <@U_KIM>. Nothing was changed.'],
])('of a request that changed nothing tells only that: %j', (state, words) => {
  const { text, buttons } = show(exampleView(state, { consumers: services }));
  expect(text).toContain(words);
  expect(text).not.toContain('mailer');
  expect(buttons).toEqual([]);
});

test('does not say that nothing was changed by a rotation replaced while it was paused', () => {
  const { text } = show(exampleView(states.replaced, { consumers: services, changes: started }));
  expect(text).not.toContain('Nothing was changed');
});

test('paused says why, whether going back works, and offers what fits', () => {
  const failed = exampleService('mailer', {
    verdict: { is: 'crashed', taskId: 't', reason: 'exited', exitCode: 1 },
  });
  const changes = {
    ...started,
    trouble: {
      cause: 'not-the-login',
      consumerId: failed.consumer.id,
      detail: 'exit code 1',
      at: now,
    } as const,
  };
  const shown = show(exampleView(states.paused, { consumers: [failed], changes }));
  expect(shown.text).toContain('The login is fine: mailer pulled, then stopped by itself (exit code 1).');
  expect(shown.text).toContain('Going back works');
  expect(shown.buttons).toEqual([
    'Try Again',
    'Enter Another Login',
    'Go Back',
    'Leave It Out',
    'Leave As It Is',
  ]);
});

test('paused over a pull that failed for another reason does not claim that it pulled', () => {
  const pull = { ...trouble, cause: 'network' };
  const changes = { trouble: { cause: 'not-the-login', pull, at: now } as const };
  const { text } = show(exampleView({ ...states.paused, canGoBack: false }, { changes }));
  expect(text).toContain('could not pull, but not for the login. The task did not reach ghcr.io.');
  expect(text).toContain('there is nothing to go back to');
});

test('shows who chose what, and no buttons any more', () => {
  const choice = { does: 'go-back', by: 'U_AYA', at: now } as const;
  const { text, buttons } = show(exampleView({ ...states.paused, choice }));
  expect(text).toContain('<@U_AYA> chose “Go Back”.');
  expect(buttons).toEqual([]);
});

test('keeps saying that it was started without approval, with a button until it is reviewed', () => {
  const approvals = [{ by: 'U_DANA', at: now, emergency: 'api <cannot> start' }];
  const shown = (unreviewed: boolean) =>
    show(exampleView(states.done, { changes: { approvals, unreviewed } }));
  expect(shown(true).text).toContain('Started without approval by <@U_DANA>: api &lt;cannot&gt; start');
  expect(shown(true).buttons).toEqual(['Mark as Reviewed']);
  expect(shown(false).buttons).toEqual([]);
});

test('tells an unexpected error before the start with its reference', () => {
  const changes = { trouble: { cause: 'unexpected', reference: 'ab12', at: now } as const };
  const { text, buttons } = show(exampleView(states.cannotStart, { changes }));
  expect(text).toContain('(reference ab12)');
  expect(buttons).toContain('Check Again');
});

test('an old copy is told as one that runs, and once the way back has ended as one that ran', () => {
  const verdict = { is: 'stale', trouble: { ...trouble, host: 'i-0a1' }, tasks: 2 } as const;
  const consumers = [exampleService('api', { verdict })];
  const lineIn = (state: RotationView['rotation']['state']) =>
    show(exampleView(state, { consumers, changes: started })).text;
  expect(lineIn(states.paused)).toContain('api runs an old copy of the image on i-0a1');
  expect(lineIn(states.wentBack)).toContain('api ran an old copy of the image on i-0a1; it was restarted');
});
