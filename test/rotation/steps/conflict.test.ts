import { begun, type Driver } from '../fakes/driver.ts';
import { prodSecret, stagingSecret } from '../fakes/example-consumers.ts';
import { login } from '../fakes/fake-credentials.ts';
import { newLogin, oldLogin, World } from '../fakes/world.ts';

const theirs = login('their-token');

test.each([
  ['first', stagingSecret, prodSecret],
  ['second', prodSecret, stagingSecret],
])(
  'a %s secret that somebody changed ends the rotation, and nothing is overwritten',
  async (_nth, changed, other) => {
    const world = new World();
    const driver = await begun(world);
    world.credentials.changeByHand(changed, 'theirs', theirs);
    const { state } = await driver.approve();
    expect(state).toMatchObject({ outcome: 'refused', because: 'changed-by-someone' });
    expect(world.credentials.inUse(changed)).toEqual(theirs);
    expect(world.credentials.inUse(other)).toEqual(oldLogin);
    expect(world.credentials.calls.filter((call) => call.startsWith('move'))).toEqual([]);
  },
);

/** Somebody changes the second secret right after ours has moved the first. */
async function changedBetween(world: World, parts: Parameters<typeof begun>[1] = {}): Promise<Driver> {
  const driver = await begun(world, parts);
  world.credentials.afterMove = () => world.credentials.changeByHand(prodSecret, 'theirs', theirs);
  await driver.approve();
  return driver;
}

test('a second secret that is changed in the middle stands still, with the first one changed', async () => {
  const world = new World();
  const { state, trouble } = await (await changedBetween(world)).rotation();
  expect(state).toMatchObject({ phase: 'paused', canGoBack: true });
  expect(trouble).toMatchObject({ cause: 'changed-by-someone', detail: 'prod/ghcr-pull' });
  expect(world.credentials.inUse(stagingSecret)).toEqual(newLogin);
  expect(world.credentials.inUse(prodSecret)).toEqual(theirs);
  expect(world.announcer.kinds).toEqual(['asked-again', 'paused']);
});

test('going back from there takes back ours and leaves theirs', async () => {
  const world = new World();
  const driver = await changedBetween(world);
  expect((await driver.choose('go-back')).state).toMatchObject({ outcome: 'rolled-back' });
  expect(world.credentials.inUse(stagingSecret)).toEqual(oldLogin);
  expect(world.credentials.inUse(prodSecret)).toEqual(theirs);
});

test('once theirs is taken back by hand, trying again changes the rest and rolls out', async () => {
  const world = new World();
  const driver = await changedBetween(world);
  world.credentials.changeByHand(prodSecret, 'v1', oldLogin);
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
});

test('a conflict never offers to go back to a leaked login', async () => {
  const world = new World();
  const driver = await changedBetween(world, { ask: { why: 'leaked' } });
  expect((await driver.rotation()).state).toMatchObject({ phase: 'paused', canGoBack: false });
});

test('a secret that somebody changes during the way back stays, and the way back says so', async () => {
  const world = new World();
  const driver = await begun(world);
  world.registry.deny(newLogin, 'ghcr.io/acme/mailer');
  const { state, trouble } = await driver.approveThen((verb) => {
    if (verb === 'go-back') world.credentials.changeByHand(prodSecret, 'theirs', theirs);
  });
  expect(state).toMatchObject({ phase: 'paused', goingBack: 'move' });
  expect(trouble).toMatchObject({ cause: 'changed-by-someone', detail: 'prod/ghcr-pull' });
  expect(world.credentials.inUse(prodSecret)).toEqual(theirs);
  expect(world.credentials.inUse(stagingSecret)).toEqual(oldLogin);
  world.registry.accept(theirs);
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'rolled-back' });
  expect(world.credentials.inUse(prodSecret)).toEqual(theirs);
});

test('a secret changed before approval stops the checks', async () => {
  const world = new World();
  const key = await world.begin();
  world.credentials.changeByHand(prodSecret, 'theirs', theirs);
  expect(await world.checker.check(key)).toMatchObject({ stopped: true });
  const report = await world.ledger.report(key);
  expect(report?.findings).toContainEqual({ check: 'changed-by-someone', facts: { name: 'prod/ghcr-pull' } });
});
