import { containerOf, plainEstate, serviceOf } from '../estate/plain.ts';
import { changedOnce, inUse, labelsAreGone, nothingChanged, versionWith } from './holdings.ts';
import type { Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

const newLogin = 'acme-pull, new token';
const oldLogin = 'acme-pull, token in use';
const services = ['mailer', 'api', 'web', 'worker'];

/** The new token is valid, but somebody forgot a repository: seen before anything restarts. */
export const noAccess: Scenario = {
  name: 'no-access',
  title: 'The new login may not read one image that the old one may: it cannot start.',
  outcome: 'paused',
  async play(stage) {
    const before = inUse(stage);
    await askWithoutMailer(stage);
    nothingChanged(stage, before);
    stage.must(versionWith(stage, 'ecs-rotate-pending'), 'what was typed is kept, to be tried again');
  },
};

/** The right is given, and the same stored login goes on: nothing is typed again. */
export const grantedLater: Scenario = {
  name: 'granted-later',
  title: 'The missing right is given; Check Again goes on, and nothing is typed again.',
  outcome: 'done',
  async play(stage) {
    await askWithoutMailer(stage);
    const puts = stage.calls('PutSecretValue');
    stage.registry().users.grant(newLogin, 'acme/mailer');
    await stage.click(stage.people.aya, 'check-again');
    await stage.approve();
    await stage.shows(/Done\. All 5 services pulled with the new login/);
    stage.must(stage.calls('PutSecretValue') === puts, 'nothing was stored again');
    changedOnce(stage, services);
    await labelsAreGone(stage);
  },
};

async function askWithoutMailer(stage: Stage): Promise<void> {
  stage.registry().users.take(newLogin, 'acme/mailer');
  await stage.request();
  const message = await stage.shows(/Cannot start yet/);
  stage.must(
    /Stop\s+The new login may not read acme\/mailer \(mailer\)\. The login in use may\./.test(stage.text()),
    'it says which image, and that it would be worse than today',
  );
  stage.must(
    /Give acme-pull read access, or authorise the token for single sign-on, then press Check Again\./.test(
      stage.text(),
    ),
    'it says what to do',
  );
  const buttons = JSON.stringify(message.blocks);
  stage.must(!buttons.includes('"action_id":"approve"'), 'nobody can approve it');
  for (const id of ['check-again', 'enter-another', 'cancel'])
    stage.must(buttons.includes(`"action_id":"${id}"`), `there is a button ${id}`);
}

/** Its repository was taken away from everybody long ago; what runs of it, runs. It must not stop the others. */
export const deadImage: Scenario = {
  name: 'dead-image',
  title: 'An image that neither login may read is a note; its service is left out, all others get the login.',
  outcome: 'finished',
  estate: (newToken) =>
    plainEstate({
      newToken,
      more: [
        serviceOf('old-batch', 'prod-web', 1, { containers: [containerOf('old-batch', 'prod/ghcr-pull')] }),
      ],
    }),
  async play(stage) {
    const { users } = stage.registry();
    for (const login of [oldLogin, newLogin]) users.take(login, 'acme/old-batch');
    await stage.request();
    await stage.shows(/Note\s+acme\/old-batch cannot be read by either login; this does not make it worse/);
    stage.must(/5 of 6 services restart/.test(stage.text()), 'its service is not restarted');
    await stage.approve();
    await stage.shows(
      /Finished, 1 not proven yet\. 5 pulled\. Left: old-batch\. Do not revoke the old login yet\./,
    );
    changedOnce(stage, services);
    stage.must(stage.deploymentsOf('old-batch') === 0, 'what would not start again was left running');
    stage.must(/Nothing is down\./.test(stage.text()), 'nothing is down');
    await labelsAreGone(stage);
  },
};

/** The registry asks for patience just when the login is to be tried: not known is not refused. */
export const rateLimited: Scenario = {
  name: 'rate-limited',
  title: 'The registry allows no more attempts during the checks; the approver decides, and it goes well.',
  outcome: 'done',
  async play(stage) {
    await stage.registry().turn({ throttled: true });
    await stage.request();
    await stage.shows(/waiting for approval/i);
    const text = stage.text();
    stage.must(
      /Decide\s+Not known whether the new login may read acme\/\w+ and 3 more images: the registry allows no more attempts for now/.test(
        text,
      ),
      'it says what is not known, and why',
    );
    stage.must(
      /Decide\s+Not known whether it can be undone: the login in use could not be tried/.test(text),
      'it does not say that the old login is refused',
    );
    stage.must(
      /with the same settings; whether with the same builds is not known/.test(text),
      'it promises no builds that it could not look at',
    );
    stage.must(!/OK\s+(The new login|Can be undone)/.test(text), 'nothing is called OK that was not tried');
    await stage.registry().turn({ throttled: false });
    await stage.approve();
    await stage.shows(/Done\. All 5 services pulled with the new login/);
    changedOnce(stage, services);
    await labelsAreGone(stage);
  },
};
