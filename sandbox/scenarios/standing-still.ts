import { deployByHand, runs, tokenInUse } from './aws-now.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

/** Someone else deploys meanwhile: never disturbed, and what pulls with the new login that way is proof enough. */
export const colleagueDeploys: Scenario = {
  name: 'colleague-deploys',
  title:
    'Colleagues deploy in between: their deployments are waited for, and count where they come after the change.',
  outcome: 'done',
  async play(stage) {
    const { ecs } = stage.target();
    await stage.request();
    const message = await stage.shows(/waiting for approval/i);
    ecs.setTaskBehavior('api', { kind: 'never-runs' });
    await deployByHand(stage, 'api', 'prod-web');
    await stage.click(stage.people.ben, 'approve', message);
    await stage.see('mailer to restart', () => stage.deploymentsOf('mailer') === 1);
    await deployByHand(stage, 'web', 'prod-web');
    await stage.shows(/Waiting api: someone's deployment is running\. It goes on when that ends\./);
    stage.must(restartsOf(stage, 'api') === 0, "nothing was forced on top of the colleague's deployment");
    ecs.setTaskBehavior('api', undefined);
    await deployByHand(stage, 'api', 'prod-web');
    await stage.shows(/You can revoke the old one/);
    stage.must(restartsOf(stage, 'api') === 0, "api is proved by the colleague's deployment");
    stage.must(restartsOf(stage, 'web') === 0, "web is proved by the colleague's deployment");
    stage.must(restartsOf(stage, 'worker') === 1, 'worker was restarted once');
    stage.must(tokenInUse(stage) === stage.newToken, 'the new login is in use');
  },
};

/** A service that never becomes steady stops the rollout at its limit; nothing is undone for it. */
export const stuck: Scenario = {
  name: 'stuck',
  title: 'A service never becomes steady: after a quarter of an hour it pauses and asks.',
  outcome: 'paused',
  speed: 300,
  async play(stage) {
    await stage.request();
    await stage.approve();
    stage.target().ecs.setTaskBehavior('mailer', { kind: 'never-runs' });
    await stage.shows(/Paused\. Needs a decision\. Nothing is down\./);
    stage.must(/mailer did not become steady in time/.test(stage.text()), 'it says what it waited for');
    stage.must(/Look at the events of mailer in ECS/.test(stage.text()), 'it says where to look');
    stage.must(/\[Leave It Out\]/.test(stage.text()), 'it offers to go on without it');
    stage.must(/\[Go Back\]/.test(stage.text()), 'it offers to go back');
    await stage.replies(/@aya @ben .*Needs a decision/);
    stage.must(tokenInUse(stage) === stage.newToken, 'the new login stays in use');
    stage.must(runs(stage, 'mailer').running === 1, 'the old task of mailer runs');
    stage.must(restartsOf(stage, 'mailer') === 1, 'mailer was restarted once');
    stage.must(stage.deploymentsOf('web') === 0, 'nothing else was restarted');
  },
};

/** How often the product forced a new deployment. */
function restartsOf(stage: Stage, service: string): number {
  const forced = stage.target().server.calls.filter(({ operation, status }) => {
    return operation === 'UpdateService' && status === 200;
  });
  return forced.filter(({ input }) => String(input.service).endsWith(`/${service}`)).length;
}
