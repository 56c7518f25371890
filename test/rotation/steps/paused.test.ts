import { begun, type Driver } from '../fakes/driver.ts';
import { imageOf, prodSecret, serviceOf } from '../fakes/example-consumers.ts';
import { hours, minutes } from '../fakes/example-rotation.ts';
import { newLogin, oldLogin, World } from '../fakes/world.ts';

/** Approved, and stopped by hand right before this verb. */
async function stopped(world: World, verb = 'watch'): Promise<Driver> {
  const driver = await begun(world);
  await driver.approveThen((next) => (next === verb ? driver.stop() : undefined));
  return driver;
}

test('Stop in the middle stands still: nothing more restarts, and nothing is taken back', async () => {
  const world = new World();
  const driver = await stopped(world);
  expect(await driver.rotation()).toMatchObject({
    state: { phase: 'paused', canGoBack: true, group: 0 },
    trouble: { cause: 'stopped', detail: 'U_AYA' },
  });
  expect(world.estate.restarted).toEqual(['preview']);
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
  expect(world.announcer.kinds).toEqual(['asked-again', 'paused']);
});

test('Stop before a restart keeps it from happening', async () => {
  const world = new World();
  await stopped(world, 'restart');
  expect(world.estate.restarted).toEqual([]);
});

test('a stopped rotation that is tried again goes on where it stood, without restarting twice', async () => {
  const world = new World();
  const driver = await stopped(world);
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
  expect(world.estate.restarted).toEqual(['preview', 'mailer', 'web']);
});

test('a stopped rotation that goes back says who chose it', async () => {
  const world = new World();
  const driver = await stopped(world);
  expect((await driver.choose('go-back', 'U_BEN')).state).toMatchObject({
    outcome: 'rolled-back',
    by: 'U_BEN',
  });
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
  expect(world.announcer.kinds).toEqual(['asked-again', 'paused', 'went-back', 'ended']);
});

test('nothing goes back to an old login that is refused by the time it is chosen', async () => {
  const world = new World();
  const driver = await stopped(world);
  world.clock.advance(2 * hours);
  world.registry.revoke(oldLogin);
  const { state } = await driver.choose('go-back');
  expect(state).toMatchObject({ phase: 'paused', canGoBack: false });
  expect(state).not.toHaveProperty('choice');
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
  expect(world.announcer.kinds).toEqual(['asked-again', 'paused', 'paused']);
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
});

test('a refusal that comes with a Stop is not undone unasked', async () => {
  const world = new World();
  const driver = await begun(world);
  world.registry.deny(newLogin, imageOf('preview'));
  const { state, trouble } = await driver.approveThen((verb) =>
    verb === 'judge' ? driver.stop() : undefined,
  );
  expect(state).toMatchObject({ phase: 'paused', canGoBack: true });
  expect(trouble?.cause).toBe('login');
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
});

test('a task that pulled and then exits is no fault of the login, and undoes nothing', async () => {
  const world = new World();
  world.estate.service('mailer').behaviour = 'crashes';
  const driver = await begun(world);
  const { state, trouble } = await driver.approve();
  expect(state).toMatchObject({ phase: 'paused', canGoBack: true, group: 1 });
  expect(trouble).toMatchObject({ cause: 'not-the-login', detail: 'exit code 1' });
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
});

test('leaving out the service in trouble goes on, and the end names it', async () => {
  const world = new World();
  world.estate.service('mailer').behaviour = 'crashes';
  const driver = await begun(world);
  await driver.approve();
  expect((await driver.choose('leave-out')).state).toMatchObject({
    outcome: 'finished',
    left: [{ name: 'mailer', because: 'by-hand' }],
  });
  expect(await driver.verdicts()).toMatchObject({ web: 'pulled' });
});

test('leaving it as it is ends with the new login in use and everything unproven named', async () => {
  const world = new World();
  world.estate.service('mailer').behaviour = 'crashes';
  const driver = await begun(world);
  await driver.approve();
  const { state } = await driver.choose('leave');
  expect(state).toMatchObject({ outcome: 'finished', because: 'left-as-it-is', by: 'U_AYA' });
  expect(state.phase === 'closed' && state.left.map(({ name }) => name)).toEqual(['web', 'mailer']);
});

test('a service that never comes to rest meets its limit after 15 minutes, and gets as long again', async () => {
  const world = new World();
  world.estate.service('preview').behaviour = 'stuck';
  const driver = await begun(world);
  const approvedAt = driver.now;
  const paused = await driver.approve();
  expect(paused).toMatchObject({ state: { phase: 'paused' }, trouble: { cause: 'limit' } });
  const waited = driver.now - approvedAt;
  expect(waited).toBeGreaterThan(15 * minutes);
  expect(waited).toBeLessThan(17 * minutes);
  world.clock.advance(2 * hours);
  const tried = driver.now;
  expect(await driver.choose('try-again')).toMatchObject({
    state: { phase: 'paused' },
    trouble: { cause: 'limit' },
  });
  expect(driver.now - tried).toBeGreaterThan(15 * minutes);
  world.estate.service('preview').behaviour = 'normal';
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
  expect(world.estate.restarted).toEqual(['preview', 'mailer', 'web']);
});

test('what stands still reminds after half an hour, after two hours and then daily, and never acts', async () => {
  const world = new World();
  const driver = await stopped(world);
  for (const ms of [30 * minutes, 90 * minutes, 24 * hours, 24 * hours]) await driver.letPass(ms);
  expect((await driver.rotation()).state.phase).toBe('paused');
  expect(world.announcer.kinds).toEqual(['asked-again', 'paused', ...Array(4).fill('reminder')]);
});

test('a reminder counts what runs then, not what ran when it stood still', async () => {
  const world = new World();
  const driver = await stopped(world);
  const web = world.estate.service('web');
  const { consumer, deployments } = web;
  for (const deployment of deployments) deployment.running = 1;
  await driver.letPass(30 * minutes);
  const reminder = world.announcer.replies.at(-1);
  expect(reminder?.kind).toBe('reminder');
  const counted = reminder?.view.consumers.find(({ consumer: { id } }) => id === consumer.id);
  expect(counted?.consumer).toMatchObject({ running: 1, desired: 4 });
});

test('a service that is deleted before its turn does not hold up the others', async () => {
  const world = new World();
  const driver = await begun(world);
  const { state } = await driver.approveThen((verb) => {
    if (verb === 'watch') world.estate.service('web').gone = true;
  });
  expect(state).toMatchObject({ outcome: 'finished', left: [{ name: 'web', because: 'no-tasks' }] });
});

test('trouble on the way back stands still, is told, and trying again goes on back', async () => {
  const world = new World({ services: [serviceOf('api')] });
  const driver = await begun(world);
  world.registry.deny(newLogin, imageOf('api'));
  world.estate.service('api').behaviour = 'stuck';
  const { state } = await driver.approve();
  expect(state).toMatchObject({ phase: 'paused', goingBack: 'watch' });
  expect(world.announcer.kinds).toEqual(['asked-again', 'failure', 'paused']);
  world.estate.service('api').behaviour = 'normal';
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'rolled-back' });
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
});

test('going back after a crash does not stop at that crash again', async () => {
  const world = new World();
  world.estate.service('mailer').behaviour = 'crashes';
  const driver = await begun(world);
  await driver.approve();
  world.estate.service('mailer').behaviour = 'normal';
  expect((await driver.choose('go-back')).state).toMatchObject({ outcome: 'rolled-back', left: [] });
  expect(await driver.verdicts()).toMatchObject({ mailer: 'crashed', preview: 'pulled' });
});

test('an old login that is refused on the way back stands still without any way left', async () => {
  const world = new World({ services: [serviceOf('api')] });
  const driver = await begun(world);
  world.registry.deny(newLogin, imageOf('api'));
  const { state, trouble } = await driver.approveThen((verb) => {
    if (verb === 'go-back') world.registry.revoke(oldLogin);
  });
  expect(state).toMatchObject({ phase: 'paused', canGoBack: false, goingBack: 'watch' });
  expect(trouble).toMatchObject({ cause: 'login', pull: { cause: 'credential_rejected' } });
});

test('left as it is on the way back, it is told as gone back, for the old login is in use', async () => {
  const world = new World({ services: [serviceOf('api')] });
  const driver = await begun(world);
  world.registry.deny(newLogin, imageOf('api'));
  world.estate.service('api').behaviour = 'stuck';
  await driver.approve();
  expect((await driver.choose('leave')).state).toMatchObject({
    outcome: 'rolled-back',
    because: 'left-as-it-is',
    left: [{ name: 'api' }],
  });
});

test('a deployment that ECS rolls back without a word of its tasks stands still, and is not called proved', async () => {
  const world = new World({ services: [serviceOf('api')] });
  const driver = await begun(world);
  // A health check, say: the tasks neither ran nor failed to pull.
  world.estate.service('api').behaviour = 'unhealthy';
  const { state, trouble } = await driver.approve();
  expect(state).toMatchObject({ phase: 'paused', canGoBack: true });
  expect(trouble).toMatchObject({ cause: 'rolled-back-by-ecs' });
});
