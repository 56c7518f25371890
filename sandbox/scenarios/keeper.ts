import { tokenInUse, wentBack } from './aws-now.ts';
import { ownLabels } from './holdings.ts';
import type { Scenario } from './scenario.ts';

/** The workflow is stopped from outside once the new login is in use: the keeper holds the lock and asks. */
export const workflowDies: Scenario = {
  name: 'workflow-dies',
  title: 'The workflow is stopped from outside after the change: the keeper says so and offers to go back.',
  outcome: 'rolled-back',
  async play(stage) {
    const { engine } = stage.product;
    await stage.request();
    await stage.approve();
    await stage.shows(/Restarting mailer/);
    const [running] = engine.list({ functionName: 'rotation', statuses: ['RUNNING'], limit: 10 });
    if (!running) throw new Error('no workflow is running');
    engine.stop(running.arn);
    await stage.shows(/Paused\. Needs a decision\. Nothing is down\./);
    stage.must(/was ended from outside/.test(stage.text()), 'it says what happened');
    stage.must(/Going back works/.test(stage.text()), 'it says whether it can be undone');
    stage.must(tokenInUse(stage) === stage.newToken, 'the new login is still in use');
    stage.must(ownLabels(stage).includes('ecs-rotate-base'), 'the version to go back to is still labelled');
    await stage.replies(/@aya @ben .*Needs a decision/);
    await stage.clickReply(stage.people.ben, 'go-back');
    await stage.shows(/Went back\. The old login is in use\. Nothing is down\./);
    await wentBack(stage);
    stage.must(stage.deploymentsOf('web') === 0, 'nothing more was restarted');
  },
};
