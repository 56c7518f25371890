import { begun, type Driver } from '../fakes/driver.ts';
import { imageOf } from '../fakes/example-consumers.ts';
import { reasons } from '../fakes/reasons.ts';
import { newLogin, World } from '../fakes/world.ts';

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
