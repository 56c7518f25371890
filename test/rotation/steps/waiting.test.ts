import {
  approve,
  cancel,
  checkAgain,
  deny,
  review,
  startInEmergency,
} from '../../../src/rotation/rules/transitions.ts';
import { begun, Driver, fingerprintOf } from '../fakes/driver.ts';
import { prodSecret, serviceOf } from '../fakes/example-consumers.ts';
import { hours, minutes } from '../fakes/example-rotation.ts';
import { newLogin, oldLogin, World } from '../fakes/world.ts';

test('nobody approves: reminded every hour, expired after four, and nothing was changed', async () => {
  const world = new World();
  const driver = await begun(world);
  for (let n = 0; n < 3; n++) await driver.letPass(hours);
  expect(world.announcer.kinds).toEqual(['asked-again', 'reminder', 'reminder', 'reminder']);
  expect((await driver.letPass(hours)).state).toMatchObject({ outcome: 'expired', because: 'expired' });
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
  expect([...(world.credentials.secrets.get(prodSecret)?.labels.keys() ?? [])]).toEqual(['AWSCURRENT']);
});

test.each([
  ['denied', 'refused', deny],
  ['cancelled', 'cancelled', cancel],
])('%s: it ends as %s, told once, and nothing was changed', async (because, outcome, transition) => {
  const world = new World();
  const driver = await begun(world);
  const { state } = await driver.click((r) => transition(r, { by: 'U_BEN', at: driver.now }));
  expect(state).toMatchObject({ outcome, because, by: 'U_BEN' });
  expect(world.announcer.kinds).toEqual(['asked-again', 'ended']);
  expect(world.credentials.calls.filter((call) => call.startsWith('move'))).toEqual([]);
});

test('where no approval is needed it starts by itself', async () => {
  const world = new World({ settings: { approvalsFor: () => 0 } });
  const driver = new Driver(world, await world.begin());
  expect((await driver.go()).state).toMatchObject({ outcome: 'done' });
});

test('where two are needed, one person counts once and another completes it', async () => {
  const world = new World({ settings: { approvalsFor: (targets) => targets.length } });
  const driver = await begun(world);
  expect((await driver.approve('U_BEN')).state).toMatchObject({ phase: 'waiting', needed: 2 });
  await expect(driver.approve('U_BEN')).rejects.toThrow('already-counted');
  expect((await driver.approve('U_KIM')).state).toMatchObject({ outcome: 'done' });
});

test('checks that stop show no approval; once the right is given, Check Again goes on', async () => {
  const world = new World();
  world.registry.deny(newLogin, 'ghcr.io/acme/mailer');
  const driver = await begun(world);
  expect((await driver.rotation()).state.phase).toBe('cannot-start');
  await expect(driver.approve()).rejects.toThrow('not-waiting');
  world.registry.allow(newLogin, 'ghcr.io/acme/mailer');
  await driver.click((r) => checkAgain(r, { by: 'U_AYA', at: driver.now }));
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
});

test('what cannot start expires too', async () => {
  const world = new World();
  world.registry.deny(newLogin, 'ghcr.io/acme/mailer');
  const driver = await begun(world);
  expect((await driver.letPass(4 * hours)).state).toMatchObject({ outcome: 'expired' });
});

/** Approves three times, while each time one service more has come up. */
async function growing(world: World, times: number): Promise<Driver> {
  const driver = await begun(world);
  for (let n = 1; n <= times; n++) {
    world.estate.add(serviceOf(`new-${n}`));
    await driver.approve();
  }
  return driver;
}

test('a service more than was approved asks again, in a new reply, and then restarts as well', async () => {
  const world = new World();
  const driver = await growing(world, 1);
  expect(await driver.rotation()).toMatchObject({ approvals: [], state: { phase: 'waiting', round: 2 } });
  expect(world.announcer.kinds).toEqual(['asked-again', 'asked-again']);
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
  await driver.approve();
  expect(world.estate.restarted).toContain('new-1');
});

test('it asks again twice at most', async () => {
  const world = new World();
  expect((await (await growing(world, 2)).rotation()).state).toMatchObject({ phase: 'waiting', round: 3 });
  const other = new World();
  expect((await (await growing(other, 3)).rotation()).state).toMatchObject({
    outcome: 'refused',
    because: 'asked-too-often',
  });
  expect(other.credentials.inUse(prodSecret)).toEqual(oldLogin);
});

test('a service fewer asks nobody', async () => {
  const world = new World();
  const driver = await begun(world);
  world.estate.service('web').gone = true;
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
  expect(world.estate.restarted).toEqual(['preview', 'mailer']);
});

test('checks older than 15 minutes are repeated, and what they find counts', async () => {
  const world = new World();
  const driver = await begun(world);
  await driver.letPass(16 * minutes);
  world.registry.revoke(newLogin);
  const { state, approvals } = await driver.approve();
  expect(state.phase).toBe('cannot-start');
  expect(approvals).toEqual([]);
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
});

test('checks that are younger are not repeated', async () => {
  const world = new World();
  const driver = await begun(world);
  const asked = world.registry.calls.length;
  await driver.letPass(14 * minutes);
  await driver.approve();
  expect(world.registry.calls.length).toBe(asked);
});

test('a tag that has moved back since the approval asks again before its service restarts', async () => {
  const image = { container: 'app', image: 'ghcr.io/acme/web:1', credentialId: prodSecret };
  const world = new World({
    services: [serviceOf('web', { images: [{ ...image, runningDigest: 'sha256:1' }] }), serviceOf('api')],
  });
  world.registry.digests.set(image.image, 'sha256:2');
  const driver = await begun(world);
  world.registry.digests.set(image.image, 'sha256:1');
  await driver.letPass(16 * minutes);
  expect((await driver.approve()).state).toMatchObject({ phase: 'waiting', round: 2 });
  expect(world.estate.restarted).toEqual([]);
});

test('a check after approval that is cut off and repeated still asks again for what is more', async () => {
  const image = { container: 'app', image: 'ghcr.io/acme/web:1', credentialId: prodSecret };
  const world = new World({
    services: [serviceOf('web', { images: [{ ...image, runningDigest: 'sha256:1' }] }), serviceOf('api')],
  });
  world.registry.digests.set(image.image, 'sha256:2');
  const driver = await begun(world);
  world.registry.digests.set(image.image, 'sha256:1');
  await driver.letPass(16 * minutes);
  const { state } = await driver.approveThen((verb) => {
    if (verb === 'confirm') world.ledger.failOnce('change');
  });
  expect(state).toMatchObject({ phase: 'waiting', round: 2 });
  expect(world.estate.restarted).toEqual([]);
});

const emergency = { emergency: { enabled: true, afterMs: 10 * minutes } };

test('an emergency is offered after ten minutes where the old login is refused, and restarts only what fails', async () => {
  const services = [serviceOf('web'), serviceOf('down', { failingNow: true })];
  const world = new World({ services, settings: emergency });
  world.registry.revoke(oldLogin);
  const driver = await begun(world);
  const start = (at: number) =>
    driver.click((r) => startInEmergency(r, { by: 'U_DANA', at, reason: 'down' }));
  await expect(start(driver.now)).rejects.toThrow('not-offered');
  await driver.letPass(10 * minutes);
  const ended = await start(driver.now);
  expect(ended).toMatchObject({ unreviewed: true, state: { outcome: 'finished' } });
  expect(world.estate.restarted).toEqual(['down']);
  expect(review(ended)).toMatchObject({ rotation: { unreviewed: false } });
});

test('no emergency is offered while the old login works', async () => {
  const world = new World({ settings: emergency });
  const driver = await begun(world);
  expect((await driver.rotation()).state).not.toHaveProperty('emergencyFrom');
});

test('a request that another has replaced ends quietly, and leaves the labels of the other alone', async () => {
  const world = new World();
  const driver = await begun(world);
  const answer = await world.store({ submission: 'V2', replaces: driver.key.id, ask: { by: 'U_KIM' } });
  expect(answer).toMatchObject({ result: 'stored', ring: 'callback-1' });
  const replaced = await driver.go();
  expect(replaced.state).toMatchObject({ outcome: 'cancelled', because: 'replaced', by: 'U_KIM' });
  expect(world.announcer.kinds).toEqual(['asked-again']);
  if (answer.result !== 'stored') throw new Error('not stored');
  const other = new Driver(world, answer.key);
  await other.go();
  expect((await other.approve()).state).toMatchObject({ outcome: 'done' });
});

test('a click that came before the doorbell was known rings it', async () => {
  const world = new World();
  const driver = await begun(world);
  const at = driver.now;
  await world.ledger.change(driver.key, (r) =>
    approve(r, { by: 'U_BEN', at, fingerprint: fingerprintOf(r) }),
  );
  await world.verbs.listen({ ...driver.key, generation: 1 }, 'late');
  expect(world.executions.rung).toEqual(['late']);
});
