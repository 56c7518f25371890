import { begun } from '../fakes/driver.ts';
import { hours, minutes } from '../fakes/example-rotation.ts';
import { World } from '../fakes/world.ts';

test("a colleague's deployment from before the change is waited for, and then one is forced", async () => {
  const world = new World();
  const driver = await begun(world);
  world.estate.service('mailer').deploy(driver.now);
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
