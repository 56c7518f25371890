import {
  changedOnce,
  inUse,
  labelsAreGone,
  movesOfCurrent,
  nothingChanged,
  putByHand,
  versionWith,
} from './holdings.ts';
import type { Scenario } from './scenario.ts';

const services = ['mailer', 'api', 'web', 'worker'];

/** The registry knows the token no more: refused at the field, before anything is stored. */
export const wrongToken: Scenario = {
  name: 'wrong-token',
  title: 'A login that the registry refuses is told at its field; nothing is stored.',
  outcome: 'refused',
  async play(stage) {
    const before = inUse(stage);
    stage.registry().users.revoke('acme-pull, new token');
    const outcome = await stage.ask();
    const said = outcome.kind === 'errors' && outcome.by === 'app' ? outcome.errors.token : undefined;
    stage.must(
      said?.startsWith('ghcr.io refused this login. Nothing was stored.'),
      `the field says what is wrong, and not ${JSON.stringify(outcome)}`,
    );
    stage.must(stage.world.slack.openView(stage.people.aya), 'the form stays open to be mended');
    stage.must(stage.message() === undefined, 'nothing is posted');
    stage.must(stage.calls('PutSecretValue') === 0, 'nothing was stored');
    nothingChanged(stage, before);
  },
};

/** Someone has changed the secrets with the console already: the bot restarts and proves, and writes no secret. */
export const proveOnly: Scenario = {
  name: 'prove-only',
  title: 'The secrets were changed by hand before; services restart and are seen to pull.',
  outcome: 'done',
  async play(stage) {
    putByHand(stage, stage.newToken);
    const before = inUse(stage);
    await stage.request({ entry: 'in-use' });
    await stage.shows(/2 secrets hold the login already; it is only proved\./);
    stage.must(!/Can be undone/.test(stage.text()), 'it does not promise a way back that there is not');
    await stage.approve();
    await stage.shows(/Done\. All 5 services pulled with the login in use\./);
    for (const name of services) stage.must(stage.deploymentsOf(name) === 1, `${name} was restarted once`);
    stage.must(JSON.stringify(inUse(stage)) === JSON.stringify(before), 'what was in use stays in use');
    stage.must(stage.calls('PutSecretValue') === 0, 'nothing was stored');
    stage.must(stage.calls('UpdateSecretVersionStage') === 0, 'no label was moved');
  },
};

/** Nothing is typed into Slack: the value stands in Secrets Manager under our label. */
export const stored: Scenario = {
  name: 'stored',
  title: 'The new login was stored under our label beforehand; nothing is typed in Slack.',
  outcome: 'done',
  async play(stage) {
    putByHand(stage, stage.newToken, 'ecs-rotate-pending');
    const waiting = versionWith(stage, 'ecs-rotate-pending')?.id;
    await stage.request({ entry: 'stored' });
    await stage.approve();
    await stage.shows(/Done\. All 5 services pulled with the new login\. You can revoke the old one\./);
    changedOnce(stage, services);
    stage.must(inUse(stage).prod === waiting, 'the very version that was stored is in use');
    stage.must(stage.calls('PutSecretValue') === 0, 'the bot stored nothing of its own');
    await labelsAreGone(stage);
  },
};

/** An unapproved request never blocks another. */
export const takeOver: Scenario = {
  name: 'take-over',
  title: 'A second request replaces one that nobody has approved; the first says so.',
  outcome: 'done',
  async play(stage) {
    const { aya, ben, chika } = stage.people;
    await stage.request({ by: aya });
    const first = await stage.shows(/waiting for approval/i);
    await stage.request({ by: ben });
    await stage.see('a message of its own', () => stage.message()?.ts !== first.ts);
    const old = () => stage.world.slack.messages('#deploys').find(({ ts }) => ts === first.ts);
    await stage.see('the first request to say that it was replaced', () => {
      const message = old();
      return message && /Replaced by a newer request of @ben/.test(stage.world.slack.textOf(message));
    });
    stage.must(!JSON.stringify(old()?.blocks).includes('"approve"'), 'the first can be approved no more');
    stage.must(movesOfCurrent(stage).length === 0, 'nothing is in use before approval');
    await stage.approve(chika);
    await stage.shows(/Done\. All 5 services pulled with the new login/);
    changedOnce(stage, services);
    await labelsAreGone(stage);
  },
};
