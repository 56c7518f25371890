import { begun } from '../fakes/driver.ts';
import { imageOf, prodSecret } from '../fakes/example-consumers.ts';
import { hours, minutes } from '../fakes/example-rotation.ts';
import { reasons } from '../fakes/reasons.ts';
import { newLogin, oldLogin, World } from '../fakes/world.ts';

/** The deployment goes on while nobody looks at it. */
function letPass(world: World, name: string, seconds: number): void {
  for (let passed = 0; passed < seconds; passed += 10) {
    world.clock.advance(10_000);
    world.estate.service(name).pass(world.clock.now());
  }
}

test("a colleague's deployment whose tasks are from before the change is waited for, and then one is forced", async () => {
  const world = new World();
  const driver = await begun(world);
  world.estate.service('mailer').deploy(driver.now);
  letPass(world, 'mailer', 10);
  const { state } = await driver.approve();
  const shown = world.announcer.shown.flatMap(({ consumers }) =>
    consumers.map(({ progress }) => progress.is),
  );
  expect(shown).toContain('waiting-for-colleague');
  expect(state).toMatchObject({ outcome: 'done' });
  expect(world.estate.restarted).toEqual(['preview', 'mailer', 'web']);
});

test('while it runs nothing is forced on top of it', async () => {
  const world = new World();
  const driver = await begun(world);
  const mailer = world.estate.service('mailer');
  mailer.behaviour = 'stuck';
  mailer.deploy(driver.now);
  const approvedAt = driver.now;
  const { state, trouble } = await driver.approve();
  expect(state).toMatchObject({ phase: 'paused', group: 1 });
  expect(trouble).toMatchObject({ cause: 'limit', consumerId: 'main/production/mailer' });
  expect(world.estate.restarted).toEqual(['preview']);
  expect(driver.now - approvedAt).toBeGreaterThan(hours);
  mailer.behaviour = 'normal';
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
});

test("a colleague's deployment from after the change counts, and nothing is forced", async () => {
  const world = new World();
  const driver = await begun(world);
  let isDeployed = false;
  const { state } = await driver.approveThen((verb) => {
    if (verb !== 'watch' || isDeployed) return;
    isDeployed = true;
    world.estate.service('web').deploy(world.clock.now());
  });
  expect(state).toMatchObject({ outcome: 'done' });
  expect(world.estate.restarted).toEqual(['preview', 'mailer']);
});

test('one that has been running for long when its turn comes is not late at once', async () => {
  const world = new World();
  const driver = await begun(world);
  const web = world.estate.service('web');
  web.behaviour = 'stuck';
  let restarts = 0;
  const { state } = await driver.approveThen((verb) => {
    if (verb !== 'restart') return;
    restarts += 1;
    if (restarts === 1) web.deploy(world.clock.now());
    if (restarts < 3) return;
    world.clock.advance(20 * minutes);
    web.behaviour = 'normal';
  });
  expect(state).toMatchObject({ outcome: 'done' });
  expect(world.estate.restarted).toEqual(['preview', 'mailer']);
});

test('a newer deployment of a colleague in the middle of ours is the one that counts', async () => {
  const world = new World();
  const driver = await begun(world);
  let deploymentId = '';
  world.estate.service('preview').behaviour = 'stuck';
  const { state } = await driver.approveThen((verb) => {
    if (verb !== 'watch' || deploymentId) return;
    world.clock.advance(30_000);
    deploymentId = world.estate.service('preview').deploy(world.clock.now()).id;
    world.estate.service('preview').behaviour = 'normal';
  });
  expect(state).toMatchObject({ outcome: 'done' });
  const [record] = (await world.ledger.consumers(driver.key)).filter(
    ({ consumer }) => consumer.name === 'preview',
  );
  expect(record?.progress).toMatchObject({ is: 'steady', deploymentId });
});

test("a colleague's deployment is not disturbed on the way back, and pulls with the old login", async () => {
  const world = new World();
  const driver = await begun(world);
  await driver.approveThen(async (verb) => {
    if (verb !== 'watch') return;
    world.clock.advance(5_000);
    world.estate.service('preview').deploy(world.clock.now());
    await driver.stop();
  });
  expect((await driver.choose('go-back')).state).toMatchObject({ outcome: 'rolled-back' });
  expect(world.estate.restarted).toEqual(['preview']);
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
});

/** The mailer is being deployed by a colleague, whose tasks fail with this until the story waits for it. */
async function heldUp(until: (world: World) => void): Promise<World> {
  const world = new World();
  const driver = await begun(world);
  const mailer = world.estate.service('mailer');
  mailer.insists = reasons.network;
  mailer.deploy(driver.now);
  let waits = 0;
  await driver.approveThen((verb) => {
    if (verb !== 'watch' || world.estate.restarted.length !== 1) return;
    waits += 1;
    if (waits < 2) return;
    mailer.insists = undefined;
    until(world);
  });
  return world;
}

test("tasks of a colleague's deployment that start with the new login prove it: none is forced", async () => {
  const world = await heldUp(() => {});
  expect(world.estate.restarted).toEqual(['preview', 'web']);
  expect(world.announcer.kinds.at(-1)).toBe('ended');
});

test("a colleague's deployment that the new login holds up is not waited for: it goes back", async () => {
  const world = await heldUp(({ registry }) => registry.deny(newLogin, imageOf('mailer')));
  expect(world.announcer.kinds).toContain('failure');
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
  expect(world.estate.restarted).toEqual(['preview']);
});

test('a deployment that the login in use has held up is forced at once', async () => {
  const world = new World();
  const mailer = world.estate.service('mailer');
  mailer.consumer = { ...mailer.consumer, failingNow: true };
  const driver = await begun(world);
  mailer.insists = reasons.refused(imageOf('mailer'));
  mailer.deploy(driver.now);
  letPass(world, 'mailer', 30);
  mailer.insists = undefined;
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
  expect(world.estate.restarted).toEqual(['preview', 'mailer', 'web']);
  const shown = world.announcer.shown.flatMap(({ consumers }) => consumers);
  expect(shown.some(({ progress }) => progress.is === 'waiting-for-colleague')).toBe(false);
});
