import { plainEstate, serviceOf } from '../estate/plain.ts';
import { newLogin, oldLogin, runs, tokenInUse, waiterSaysStable, wentBack } from './aws-now.ts';
import { labelsAreGone } from './holdings.ts';
import type { Scenario } from './scenario.ts';

/** The new login may not read one image after all: the service that finds out is undone by itself. */
export const denied: Scenario = {
  name: 'denied',
  title:
    'A right is taken from the new login after approval: the first service is refused, and it goes back.',
  outcome: 'rolled-back',
  async play(stage) {
    await stage.request();
    await stage.approve();
    stage.registry().users.take(newLogin, 'acme/mailer');
    const failure = await stage.replies(/mailer could not pull with the new login/);
    stage.must(/@aya @ben/.test(failure), 'it calls who asked and who approved');
    stage.must(/Nothing is down\./.test(failure), 'it says whether anything is down');
    stage.must(/1 of 1 task runs/.test(failure), 'it says what still runs');
    stage.must(/does not let it read acme\/mailer/.test(failure), 'it says why');
    stage.must(/We tried it ourselves/.test(failure), 'it says that we tried it ourselves');
    stage.must(/The old login is back in use since/.test(failure), 'it says what was done');
    stage.must(/Give acme-pull read access to acme\/mailer/.test(failure), 'it says what to do');
    stage.must(/CannotPullContainerError/.test(failure), 'it quotes what ECS said');
    await stage.shows(/Went back\. The old login is in use\. Nothing is down\./);
    await wentBack(stage);
    for (const name of ['api', 'web', 'worker'])
      stage.must(stage.deploymentsOf(name) === 0, `${name} was not touched`);
    stage.must(stage.deploymentsOf('mailer') === 2, 'mailer was restarted once each way');
    stage.must(stage.deploymentsOf('web-staging', 'staging') === 1, 'what pulled was left alone');
    stage.must(runs(stage, 'mailer').running === 1, 'mailer runs');
  },
};

/** As `denied`, but the old login is refused too: nothing to go back to, until another login is entered. */
export const noWayBack: Scenario = {
  name: 'no-way-back',
  title: 'The new login is refused, and the old one too: it stands still until a third login is entered.',
  outcome: 'done',
  async play(stage) {
    const thirdToken = 'ghp_ThirdTokenForTheSandbox';
    stage.registry().users.add('acme-pull', thirdToken, ['acme/*'], 'acme-pull, third token');
    await stage.request();
    await stage.approve();
    stage.registry().users.take(newLogin, 'acme/mailer');
    stage.registry().users.revoke(oldLogin);
    const failure = await stage.replies(/mailer could not pull with the new login/);
    stage.must(/The new login stays in use/.test(failure), 'it says that nothing was undone');
    stage.must(/there is nothing to go back to/.test(failure), 'the reply says that there is no way back');
    await stage.shows(/Paused\. Needs a decision\. Nothing is down\./);
    stage.must(/there is nothing to go back to/.test(stage.text()), 'it says that there is no way back');
    stage.must(/do not deploy or scale in/.test(stage.text()), 'it says what not to do');
    stage.must(!/Go Back/.test(stage.text()), 'it offers no way back');
    stage.must(tokenInUse(stage) === stage.newToken, 'the new login stays in use');
    stage.must(runs(stage, 'mailer').running === 1, 'the old task of mailer runs');
    await stage.clickReply(stage.people.aya, 'enter-another');
    const paused = stage.message();
    const outcome = await stage.enter({ token: thirdToken });
    stage.must(outcome.kind === 'closed', `the third login was taken: ${JSON.stringify(outcome)}`);
    await stage.see('a new request', () => stage.message()?.ts !== paused?.ts);
    await stage.approve();
    await stage.shows(/You can revoke the old one/);
    stage.must(tokenInUse(stage) === thirdToken, 'the third login is in use');
    stage.must(tokenInUse(stage, 'staging') === thirdToken, 'the third login is in use in staging');
    await labelsAreGone(stage);
    await stage.see('the first request to say that it was replaced', () =>
      stage.world.slack
        .messages('#deploys')
        .some((message) => message.ts === paused?.ts && /Replaced/.test(stage.world.slack.textOf(message))),
    );
  },
};

/** A leaked login is never put back, however well it works: a person decides. */
export const leaked: Scenario = {
  name: 'leaked',
  title: 'The new login is refused, and the old one is leaked: it works, but nobody goes back to it.',
  outcome: 'paused',
  async play(stage) {
    await stage.request({ why: 'leaked' });
    await stage.approve();
    stage.registry().users.take(newLogin, 'acme/mailer');
    await stage.shows(/Paused\. Needs a decision\. Nothing is down\./);
    stage.must(/The old login is leaked, so there is no going back to it/.test(stage.text()), 'it says why');
    stage.must(!/\[Go Back\]/.test(stage.text()), 'it offers no way back');
    stage.must(!/Do not revoke/.test(stage.text()), 'nobody is asked to keep a leaked login');
    await stage.replies(/mailer could not pull with the new login/);
    stage.must(tokenInUse(stage) === stage.newToken, 'the new login stays in use');
    stage.must(runs(stage, 'mailer').running === 1, 'the old task of mailer runs');
  },
};

/** EC2 runs a refused pull from its cache, and ECS calls that a success. */
export const stale: Scenario = {
  name: 'stale',
  title: 'Hosts run an old copy of an image they may no longer pull; ECS sees nothing, this does.',
  outcome: 'rolled-back',
  async play(stage) {
    await stage.request();
    await stage.approve();
    stage.registry().users.take(newLogin, 'acme/worker');
    const failure = await stage.replies(/worker runs, but on an old copy of its image/);
    stage.must(/i-0\w+/.test(failure), 'it names the host');
    stage.must(/Not counted as done/.test(failure), 'it does not count that as done');
    stage.must(/CannotPullImageManifestError/.test(failure), 'it quotes what ECS said');
    await stage.shows(/Went back\. The old login is in use\. Nothing is down\./);
    await wentBack(stage);
    stage.must(stage.deploymentsOf('worker') === 2, 'worker was restarted once each way');
    stage.must(
      /ran an old copy .* restarted with the old login/.test(stage.text()),
      'it says what became of it',
    );
    const { ecs } = stage.target();
    const refused = ecs.tasks().filter(({ service, containers }) => {
      return service?.name === 'worker' && containers.some(({ reason }) => reason?.startsWith('CannotPull'));
    });
    stage.must(refused.length > 0, 'tasks ran though their pull was refused');
    const said = ecs.events('prod-core', 'worker').map(({ message }) => message);
    stage.must(!said.some((text) => /unable|fail/i.test(text)), 'ECS told of no trouble');
    stage.must(waiterSaysStable(stage, 'worker'), 'the waiter of AWS says stable');
  },
};

/** ECS's own circuit breaker acts before us: what it undid is a failure all the same. */
export const breaker: Scenario = {
  name: 'breaker',
  title: 'The circuit breaker of ECS rolls a service back; the login goes back as well.',
  outcome: 'rolled-back',
  estate: (newToken) =>
    plainEstate({ newToken, more: [serviceOf('checkout', 'prod-web', 4, { breaker: true })] }),
  async play(stage) {
    await stage.request();
    await stage.approve();
    stage.registry().users.take(newLogin, 'acme/checkout');
    const failure = await stage.replies(/checkout could not pull with the new login/);
    stage.must(/CannotPullContainerError/.test(failure), 'it quotes what ECS said');
    await stage.shows(/Went back\. The old login is in use\. Nothing is down\./);
    await wentBack(stage);
    const told = stage.target().ecs.events('prod-web', 'checkout');
    stage.must(
      told.some(({ message }) => message.includes('rolling back')),
      'ECS rolled it back',
    );
    stage.must(waiterSaysStable(stage, 'checkout'), 'the waiter of AWS says stable');
  },
};

/** The image was pulled: that the program then ends is no fault of the login. */
export const appCrash: Scenario = {
  name: 'app-crash',
  title: 'A service pulls with the new login and then stops by itself: it pauses, and the new login stays.',
  outcome: 'paused',
  async play(stage) {
    await stage.request();
    await stage.approve();
    stage.target().ecs.setTaskBehavior('mailer', { kind: 'exits', code: 1, after: 5_000 });
    await stage.shows(/Paused\. Needs a decision\. Nothing is down\./);
    stage.must(
      /The login is fine: mailer pulled, then stopped by itself \(exit code 1\)/.test(stage.text()),
      'it says that the login is fine',
    );
    stage.must(/Ask its owner/.test(stage.text()), 'it says whom to ask');
    stage.must(/Leave It Out/.test(stage.text()), 'it offers to go on without it');
    await stage.replies(/Needs a decision/);
    stage.must(tokenInUse(stage) === stage.newToken, 'the new login stays in use');
    stage.must(runs(stage, 'mailer').running >= 1, 'the old task runs');
    stage.must(stage.deploymentsOf('api') === 0, 'nothing else was restarted');
  },
};
