import { tokenInUse } from './aws-now.ts';
import { changedOnce } from './holdings.ts';
import type { Scenario } from './scenario.ts';

const everyService = ['mailer', 'api', 'web', 'worker'];

/** AWS answers many a call with "Rate exceeded": it takes longer, and nothing is done twice. */
export const throttled: Scenario = {
  name: 'throttled',
  title:
    'AWS throttles every tenth call throughout: it takes longer and ends well, each service restarted once.',
  outcome: 'done',
  async play(stage) {
    for (const { server } of stage.world.targets.values()) server.faults.add({ kind: 'throttle', every: 10 });
    await stage.request();
    await stage.approve();
    await stage.shows(/You can revoke the old one/, 18_000);
    changedOnce(stage, everyService);
  },
};

/** Slack takes no edit for a while: the rotation goes on, and its message catches up. */
export const slackDown: Scenario = {
  name: 'slack-down',
  title: 'Slack refuses every edit from approval until after the end: the last state still arrives.',
  outcome: 'done',
  speed: 300,
  async play(stage) {
    const { methodErrors } = stage.world.slack.knobs;
    await stage.request();
    await stage.approve();
    methodErrors.set('chat.update', 'internal_error');
    await stage.replies(/You can revoke the old one/, 18_000);
    const ended = stage.clock.now();
    await stage.see('five more minutes to pass', () => stage.clock.now() > ended + 5 * 60_000);
    stage.must(!/You can revoke the old one/.test(stage.text()), 'the message is behind while Slack fails');
    methodErrors.delete('chat.update');
    await stage.shows(/You can revoke the old one/);
    const shown = stage.world.slack.messages('#deploys');
    stage.must(shown.length === 1, 'there is one message of the rotation');
    stage.must(tokenInUse(stage) === stage.newToken, 'the new login is in use');
    changedOnce(stage, everyService);
  },
};
