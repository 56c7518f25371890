import { containerOf, plainEstate } from '../estate/plain.ts';
import { changedOnce, inUse, labelsAreGone, nothingChanged, ownLabels, putInto } from './holdings.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

const services = ['mailer', 'api', 'web', 'worker'];
/** Longer than an approval is waited for. */
const tooLongMs = 4 * 3_600_000 + 60_000;

/** Nobody clicks at all. */
export const expired: Scenario = {
  name: 'expired',
  title: 'Nobody approves: the request expires, and nothing was changed.',
  outcome: 'expired',
  async play(stage) {
    const before = inUse(stage);
    await stage.request();
    await stage.shows(/waiting for approval/i);
    stage.must(ownLabels(stage).length === 2, 'the new login waits under our label');
    await expire(stage, before);
  },
};

/** A colleague without rights. */
export const notApprover: Scenario = {
  name: 'not-approver',
  title: 'Someone who is no approver presses Approve, and is told privately.',
  outcome: 'expired',
  async play(stage) {
    const before = inUse(stage);
    await stage.request();
    await stage.approve(stage.people.omar);
    await stage.tells(stage.people.omar, /Only @platform-approvers can approve or deny\./);
    stage.must(/waiting for approval/i.test(stage.text()), 'it waits on');
    await expire(stage, before);
  },
};

/** An approver asks: somebody else must approve. */
export const selfApproval: Scenario = {
  name: 'self-approval',
  title: 'Who asked presses Approve, and is told that someone else must.',
  outcome: 'expired',
  async play(stage) {
    const before = inUse(stage);
    const { ben } = stage.people;
    await stage.request({ by: ben });
    await stage.approve(ben);
    await stage.tells(
      ben,
      /You asked for this, so someone else must approve it\. Called: @platform-approvers\./,
    );
    stage.must(/waiting for approval/i.test(stage.text()), 'it waits on');
    await expire(stage, before);
  },
};

/** Both approvers press at the same moment. */
export const twoClicks: Scenario = {
  name: 'two-clicks',
  title: 'Two approvers press at once: one start, and the second is told who was first.',
  outcome: 'done',
  async play(stage) {
    const { ben, chika } = stage.people;
    await stage.request();
    const message = await stage.shows(/waiting for approval/i);
    await Promise.all([stage.click(ben, 'approve', message), stage.click(chika, 'approve', message)]);
    const told = () => [ben, chika].flatMap((person) => stage.world.slack.privateTo(person));
    const [refusal] = await stage.see('the second to be told', () =>
      told().length > 0 ? told() : undefined,
    );
    stage.must(
      refusal &&
        /@(ben|chika) approved this at .*\. Nothing more to do\./.test(stage.world.slack.textOf(refusal)),
      'the second is told who was first',
    );
    await stage.shows(/Done\. All 5 services pulled with the new login/);
    stage.must(told().length === 1, 'the first is told nothing but by the message');
    changedOnce(stage, services);
    await labelsAreGone(stage);
  },
};

/** A service that did not exist when the checks ran is not restarted on yesterday's approval. */
export const planChanged: Scenario = {
  name: 'plan-changed',
  title: 'A service more appears before the approval: it is asked for again, with the service in it.',
  outcome: 'done',
  estate(newToken) {
    const plan = plainEstate({ newToken });
    const scheduled = [{ name: 'late', containers: [containerOf('late', 'prod/ghcr-pull')] }];
    return { ...plan, targets: plan.targets.map((t) => (t.id === 'prod' ? { ...t, scheduled } : t)) };
  },
  async play(stage) {
    await stage.request();
    await stage.shows(/5 of 5 services restart/);
    await createService(stage, 'late');
    await stage.approve();
    await stage.replies(/@platform-approvers .*more/i);
    await stage.shows(/waiting for approval[\s\S]*6 of 6 services restart/i);
    stage.must(stage.calls('UpdateService') === 0, 'nothing restarts on the first approval');
    stage.must(ownLabels(stage).length === 2, 'the same stored login waits on');
    await stage.approve(stage.people.chika);
    await stage.shows(/Done\. All 6 services pulled with the new login/);
    changedOnce(stage, [...services, 'late']);
    stage.must(stage.calls('PutSecretValue') === 2, 'nothing was stored again');
    await labelsAreGone(stage);
  },
};

/** Somebody edits one of the two secrets while the request waits. */
export const concurrentEdit: Scenario = {
  name: 'concurrent-edit',
  title: 'Someone changes a secret by hand while the request waits: nothing is overwritten.',
  outcome: 'refused',
  async play(stage) {
    await stage.request();
    await stage.shows(/waiting for approval/i);
    const theirs = putInto(stage, 'staging', 'ghp_OldTokenForTheSandbox01');
    const before = inUse(stage);
    await stage.approve();
    await stage.shows(
      /Stopped\. Someone changed staging\/ghcr-pull in the meantime\. Theirs stays in use: nothing was overwritten, and no service restarted\./,
    );
    stage.must(!/Nothing is down|Later/.test(stage.text()), 'it speaks of no service, for none was touched');
    stage.must(inUse(stage).staging === theirs, 'their version is in use');
    nothingChanged(stage, before);
    await labelsAreGone(stage);
  },
};

async function expire(stage: Stage, before: ReturnType<typeof inUse>): Promise<void> {
  stage.clock.jump(tooLongMs);
  stage.product.engine.rearm();
  await stage.shows(/Expired, nobody approved\. Nothing was changed\./);
  stage.must(
    !JSON.stringify(stage.message()?.blocks).includes('"approve"'),
    'nobody can approve it any more',
  );
  await labelsAreGone(stage);
  nothingChanged(stage, before);
}

/** What a deployment pipeline does, and it is steady. */
async function createService(stage: Stage, name: string): Promise<void> {
  const { ecs } = stage.target();
  await ecs.service.operations.CreateService?.({
    cluster: 'prod-web',
    serviceName: name,
    taskDefinition: name,
    launchType: 'FARGATE',
    desiredCount: 1,
  });
  await stage.see('the new service to be steady', () => ecs.services().find((s) => s.name === name)?.steady);
}
