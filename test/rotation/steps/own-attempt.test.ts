import { begun, type Driver } from '../fakes/driver.ts';
import { imageOf } from '../fakes/example-consumers.ts';
import { reasons } from '../fakes/reasons.ts';
import { newLogin, oldLogin, World } from '../fakes/world.ts';

/** A story whose first service meets this reason while the registry is as `change` leaves it. */
async function meeting(reason: string, change: (world: World) => void): Promise<Driver> {
  const world = new World();
  const driver = await begun(world);
  change(world);
  world.estate.service('preview').insists = reason;
  await driver.approveThen((verb) => {
    if (verb === 'go-back') world.estate.service('preview').insists = undefined;
  });
  return driver;
}

const withoutRight = (world: World) => world.registry.deny(newLogin, imageOf('preview'));
const revoked = (world: World) => world.registry.revoke(newLogin);

test.each([
  ['hides the cause', reasons.accessDenied, 'lacks a right', withoutRight, 'not_permitted'],
  [
    'calls the login wrong',
    reasons.refused(imageOf('preview')),
    'lacks a right',
    withoutRight,
    'not_permitted',
  ],
  ['hides the cause', reasons.accessDenied, 'is revoked', revoked, 'credential_rejected'],
  [
    'speaks of a right',
    reasons.notPermitted(imageOf('preview')),
    'is revoked',
    revoked,
    'credential_rejected',
  ],
])(
  'a text that %s is told as our own attempt has it, and quoted as it came',
  async (_text, reason, _login, change, cause) => {
    const driver = await meeting(reason, change);
    expect((await driver.rotation()).trouble?.pull).toMatchObject({ cause, reason });
  },
);

test.each([
  ['may read it: it lacks a right, and it is gone back', () => {}, 'closed', 'login', 'not-permitted'],
  [
    'does not find it either: the image is gone',
    (world: World) => world.registry.missing.add('ghcr.io/acme/preview'),
    'paused',
    'not-the-login',
    'not-found',
  ],
  [
    'is refused: nothing clears the new one',
    (world: World) => world.registry.revoke(oldLogin),
    'paused',
    'login',
    'undecided',
  ],
])(
  'an image that the new login does not find is compared with the old login, which %s',
  async (_so, change, phase, cause, ownAttempt) => {
    const driver = await meeting(reasons.accessDenied, (world) => {
      world.registry.hide(newLogin, imageOf('preview'));
      change(world);
    });
    expect(await driver.rotation()).toMatchObject({ state: { phase }, trouble: { cause, ownAttempt } });
  },
);

test('an attempt of our own that fails leaves standing what ECS said', async () => {
  const world = new World();
  const driver = await begun(world);
  withoutRight(world);
  const { state, trouble } = await driver.approveThen((verb) => {
    if (verb !== 'judge') return;
    for (let times = 0; times < 4; times++) world.credentials.failOnce('readLogin');
  });
  expect(state).toMatchObject({ phase: 'paused', canGoBack: false });
  expect(trouble).toMatchObject({ cause: 'login', consumerId: 'main/staging/preview' });
  expect(trouble?.pull?.reason).toBe(reasons.notPermitted(imageOf('preview')));
});
