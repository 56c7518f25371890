import { plainEstate } from '../estate/plain.ts';
import type { EstatePlan } from '../estate/plan.ts';
import { deployByHand, oldLogin, tokenInUse } from './aws-now.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

const settings = { ECS_ROTATE_EMERGENCY: 'true' };
const minute = 60_000;

/** The token ended at night, nobody who may approve answers: someone on call starts, and it is reviewed afterwards. */
export const emergency: Scenario = {
  name: 'emergency',
  title: 'The login in use is refused and no approver answers: someone on call starts, an approver reviews.',
  outcome: 'done',
  settings,
  estate: (newToken) => onlyFailing(newToken),
  async play(stage) {
    stage.registry().users.revoke(oldLogin);
    for (const service of failing) await deployByHand(stage, service, 'prod-web');
    await stage.see('new tasks to be refused', () => failing.every((service) => isRefused(stage, service)));
    await stage.request({ why: 'expired' });
    await stage.shows(/waiting for approval/i);
    stage.must(!/Start Without Approval/.test(stage.text()), 'it is not offered at once');
    jump(stage, 10 * minute);
    await stage.shows(/Nobody has approved for \d+ minutes/);
    await stage.click(stage.people.aya, 'start-emergency');
    const form = await stage.see('the form', () => stage.world.slack.openView(stage.people.aya));
    stage.must(/2 services restart/.test(stage.world.slack.textOf(form)), 'it says what restarts');
    await stage.world.slack.as(stage.people.aya).submit(form.id, { reason: 'half deployed, customers wait' });
    await stage.shows(/You can revoke the old one/);
    stage.must(
      /Started without approval by @aya: half deployed/.test(stage.text()),
      'everyone sees who and why',
    );
    stage.must(/An approver must review it/.test(stage.text()), 'it is marked until reviewed');
    stage.must(tokenInUse(stage) === stage.newToken, 'the new login is in use');
    for (const service of failing)
      stage.must(stage.deploymentsOf(service) === 2, `${service}: the half deployment was redone once`);
    await stage.click(stage.people.aya, 'review');
    stage.must(/An approver must review it/.test(stage.text()), 'who started it does not review it');
    await stage.click(stage.people.ben, 'review');
    await stage.see('the mark to go', () => !/An approver must review it/.test(stage.text()));
  },
};

/** Where the login in use works, waiting makes nothing worse. */
export const emergencyRefused: Scenario = {
  name: 'emergency-refused',
  title: 'The login in use works: nobody may start without approval, however long it waits.',
  outcome: 'expired',
  settings,
  async play(stage) {
    await stage.request();
    await stage.shows(/waiting for approval/i);
    jump(stage, 3 * 60 * minute);
    await stage.replies(/still waits for approval/);
    stage.must(!/Start Without Approval/.test(stage.text()), 'no such button while the login in use works');
    jump(stage, 60 * minute);
    await stage.shows(/Expired, nobody approved\. Nothing was changed\./);
    stage.must(tokenInUse(stage) !== stage.newToken, 'the old login is in use');
    stage.must(stage.calls('UpdateService') === 0, 'nothing was restarted');
  },
};

const failing = ['api', 'web'];

/** One target whose every service is in trouble. */
function onlyFailing(newToken: string): EstatePlan {
  const plan = plainEstate({ newToken });
  const targets = plan.targets
    .filter(({ id }) => id === 'prod')
    .map((target) => ({ ...target, services: target.services.filter(({ name }) => failing.includes(name)) }));
  return { ...plan, targets };
}

function isRefused(stage: Stage, service: string): boolean {
  const tasks = stage.target().ecs.tasks();
  return tasks.some((task) => task.service?.name === service && task.lastStatus === 'STOPPED');
}

/** Time passes for everyone; the engine looks at its alarms anew. */
function jump(stage: Stage, ms: number): void {
  stage.clock.jump(ms);
  stage.product.engine.rearm();
}
