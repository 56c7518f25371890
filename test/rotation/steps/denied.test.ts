import { begun, type Driver } from '../fakes/driver.ts';
import { imageOf, prodSecret, serviceOf, stagingSecret } from '../fakes/example-consumers.ts';
import { reasons } from '../fakes/reasons.ts';
import { newLogin, oldLogin, World } from '../fakes/world.ts';

/** Approved with good checks; then the right on one service's image is taken from the new login. */
async function denied(name: string, world = new World()): Promise<Driver> {
  const driver = await begun(world);
  world.registry.deny(newLogin, imageOf(name));
  return driver;
}

test('a denied first service of production goes back by itself, and only what is not steady restarts again', async () => {
  const world = new World();
  const driver = await denied('mailer', world);
  const { state, trouble } = await driver.approve();
  expect(state).toMatchObject({ phase: 'closed', outcome: 'rolled-back', because: 'went-back' });
  expect(trouble).toMatchObject({
    cause: 'login',
    consumerId: 'main/production/mailer',
    ownAttempt: 'not-permitted',
    pull: { cause: 'not_permitted', reason: reasons.notPermitted(imageOf('mailer')) },
  });
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
  expect(world.credentials.inUse(stagingSecret)).toEqual(oldLogin);
  expect(world.estate.restarted).toEqual(['preview', 'mailer', 'mailer']);
});

test('the failure is told once, in a reply, after the old login is back', async () => {
  const world = new World();
  const driver = await denied('mailer', world);
  await driver.approve();
  expect(world.announcer.kinds).toEqual(['asked-again', 'failure', 'ended']);
  const failure = world.announcer.replies[1];
  expect(failure?.view.rotation.state).toMatchObject({ phase: 'going-back', step: 'restart' });
});

test('a refusal is noticed at the first poll after the API shows it', async () => {
  const world = new World();
  const driver = await denied('preview', world);
  await driver.approve();
  const [task] = world.estate.service('preview').tasks;
  const { trouble } = await driver.rotation();
  expect((trouble?.at ?? Infinity) - (task?.stoppedAt ?? 0)).toBeLessThanOrEqual(10_000);
});

test('the stored login stays under our label after going back, so that it is not typed again', async () => {
  const world = new World();
  const driver = await denied('mailer', world);
  const { credentials } = await driver.approve();
  for (const { id, stagedVersionId } of credentials) {
    expect(world.credentials.labelOf(id, 'ecs-rotate-pending')).toBe(stagedVersionId);
    expect(world.credentials.labelOf(id, 'ecs-rotate-base')).toBeUndefined();
  }
});

test('without a way back it stands still, says so, and changes nothing more', async () => {
  const world = new World();
  const driver = await denied('mailer', world);
  world.registry.revoke(oldLogin);
  const { state } = await driver.approve();
  expect(state).toMatchObject({ phase: 'paused', canGoBack: false, group: 1 });
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
  expect(world.announcer.kinds).toEqual(['asked-again', 'failure']);
});

test('once the right is given, trying again restarts only what was denied, and goes on', async () => {
  const world = new World();
  const driver = await denied('mailer', world);
  world.registry.revoke(oldLogin);
  await driver.approve();
  world.registry.allow(newLogin, imageOf('mailer'));
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
  expect(world.estate.restarted).toEqual(['preview', 'mailer', 'mailer', 'web']);
});

test('a leaked login is never gone back to, however well it works', async () => {
  const world = new World();
  const driver = await begun(world, { ask: { why: 'leaked' } });
  world.registry.deny(newLogin, imageOf('mailer'));
  expect((await driver.approve()).state).toMatchObject({ phase: 'paused', canGoBack: false });
});

test('an old copy that runs is told as such, and gone back from', async () => {
  const world = new World({ services: [serviceOf('api', { launchType: 'EC2' })] });
  world.estate.service('api').behaviour = 'cached';
  const driver = await denied('api', world);
  const { state } = await driver.approve();
  expect(state).toMatchObject({ outcome: 'rolled-back' });
  expect(await driver.verdicts()).toEqual({ api: 'stale' });
  expect((await driver.rotation()).trouble?.pull).toMatchObject({ host: 'i-0a1', cause: 'not_permitted' });
});

test('an old copy is restarted on the way back, though ECS has called its deployment completed', async () => {
  const world = new World({ services: [serviceOf('api', { launchType: 'EC2' })] });
  const api = world.estate.service('api');
  api.behaviour = 'cached';
  const driver = await denied('api', world);
  await driver.approveThen((verb) => {
    if (verb !== 'go-back') return;
    for (let passed = 0; passed < 120; passed += 10) {
      world.clock.advance(10_000);
      api.pass(world.clock.now());
    }
    expect(api.sight(world.clock.now()).deployments[0]).toMatchObject({ rollout: 'COMPLETED' });
  });
  expect(world.estate.restarted).toEqual(['api', 'api']);
});

test('a deployment that ECS rolls back is a failure, though ECS calls it completed', async () => {
  const world = new World();
  world.estate.service('mailer').behaviour = 'breaker';
  const driver = await denied('mailer', world);
  const { state } = await driver.approve();
  expect(state).toMatchObject({ outcome: 'rolled-back' });
  expect(await driver.verdicts()).toEqual({ web: 'next-start', mailer: 'denied', preview: 'pulled' });
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
});

test('a failure that is not of the login stands still and keeps the new login', async () => {
  const world = new World();
  const driver = await begun(world);
  world.registry.missing.add('ghcr.io/acme/mailer');
  const { state, trouble } = await driver.approve();
  expect(state).toMatchObject({ phase: 'paused', canGoBack: false });
  expect(trouble).toMatchObject({ cause: 'not-the-login', pull: { cause: 'image_not_found' } });
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
});

/** A story whose mailer meets this reason at its first pull, whatever the registry says. */
async function meeting(reason: string, change: (world: World) => void): Promise<Driver> {
  const world = new World();
  const driver = await begun(world);
  change(world);
  world.estate.service('mailer').insists = reason;
  await driver.approveThen((verb) => {
    if (verb === 'go-back') world.estate.service('mailer').insists = undefined;
  });
  return driver;
}

test.each([
  ['may read it: not the login', 'paused', 'not-the-login', () => {}],
  [
    'may not: the login, and gone back',
    'closed',
    'login',
    (world: World) => world.registry.deny(newLogin, imageOf('mailer')),
  ],
])('a text that hides the cause is decided by our own attempt; it %s', async (_so, phase, cause, change) => {
  for (const reason of [reasons.accessDenied, reasons.unknown]) {
    const driver = await meeting(reason, change);
    expect(await driver.rotation()).toMatchObject({ state: { phase }, trouble: { cause } });
  }
});

test('a secret that the role may not read stands still: the old version is as unreadable', async () => {
  const driver = await meeting(reasons.secretDenied, () => {});
  expect(await driver.rotation()).toMatchObject({
    state: { phase: 'paused', canGoBack: true },
    trouble: { cause: 'not-the-login', pull: { cause: 'secret_unreadable:iam' } },
  });
});
