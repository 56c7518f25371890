import { tokenInUse, wentBack } from './aws-now.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

/** Stop is not undo: nothing more restarts, and nothing is taken back before someone says so. */
export const stopPause: Scenario = {
  name: 'stop-pause',
  title: 'Someone presses Stop in the middle: nothing more restarts, and it asks what to do.',
  outcome: 'paused',
  async play(stage) {
    await stopInTheMiddle(stage);
    stage.must(tokenInUse(stage) === stage.newToken, 'the new login stays in use');
    stage.must(stage.deploymentsOf('web') === 0, 'nothing more was restarted');
    stage.must(/\[Try Again\]/.test(stage.text()), 'it offers to go on');
  },
};

/** Stopped, and then taken back. */
export const stopGoBack: Scenario = {
  name: 'stop-go-back',
  title:
    'Stopped in the middle, then Go Back: the old login is in use again, and healthy services are left alone.',
  outcome: 'rolled-back',
  async play(stage) {
    await stopInTheMiddle(stage);
    await stage.click(stage.people.aya, 'go-back');
    await stage.shows(/Went back\. The old login is in use\. Nothing is down\./);
    await wentBack(stage);
    stage.must(stage.deploymentsOf('web-staging', 'staging') === 1, 'what was steady was left alone');
    stage.must(stage.deploymentsOf('web') === 0, 'what had not begun was not touched');
    await stage.replies(/The old ghcr\.io login is in use again/);
  },
};

async function stopInTheMiddle(stage: Stage): Promise<void> {
  await stage.request();
  await stage.approve();
  await stage.shows(/Restarting mailer/);
  await stage.click(stage.people.aya, 'stop');
  await stage.shows(/Paused\. Needs a decision\. Nothing is down\./);
  stage.must(/@aya pressed Stop\./.test(stage.text()), 'it says who stopped it');
  stage.must(/Going back works/.test(stage.text()), 'it says whether it can be undone');
  stage.must(/never goes on or back by itself/.test(stage.text()), 'it waits for a person');
}
