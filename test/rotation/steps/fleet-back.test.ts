import { sweep } from '../../../src/rotation/keeping.ts';
import { begun, Driver } from '../fakes/driver.ts';
import { agentOf, imageOf, prodSecret, serviceOf } from '../fakes/example-consumers.ts';
import { checksOf, fleetOf, leftOf, onHosts } from '../fakes/fleet-world.ts';
import { newLogin, oldLogin, World } from '../fakes/world.ts';

test('going back from there gives the changed hosts the old login again, and no other', async () => {
  const { world, go } = fleetOf(8);
  world.fleet.host('prod-3').behaviour = 'restored';
  const driver = await go();
  await driver.approve();
  const { state } = await driver.choose('go-back');
  expect(state).toMatchObject({ outcome: 'rolled-back', left: [] });
  expect(world.credentials.inUse(agentOf('prod'))).toEqual(oldLogin);
  expect(world.fleet.all.map(({ holds }) => holds)).toEqual(Array(8).fill('v1'));
  expect(world.fleet.sent.slice(2)).toEqual([['prod-1'], ['prod-2']]);
});

test('a service that is denied with the host’s new login brings the whole fleet back, then restarts', async () => {
  const { world, go } = fleetOf(3);
  const driver = await go();
  world.registry.deny(newLogin, imageOf('mailer'));
  const { state, trouble } = await driver.approve();
  expect(state).toMatchObject({ outcome: 'rolled-back', left: [] });
  expect(trouble).toMatchObject({ cause: 'login', consumerId: 'main/production/mailer' });
  expect(world.fleet.all.map(({ holds, restarts }) => [holds, restarts])).toEqual(Array(3).fill(['v1', 2]));
  expect(world.estate.restarted).toEqual(['mailer', 'mailer']);
  expect(world.announcer.kinds).toEqual(['asked-again', 'failure', 'ended']);
});

test('a host that cannot be given the old login again stands still on the way back, and is left if so chosen', async () => {
  const { world, go } = fleetOf(4);
  world.fleet.host('prod-3').behaviour = 'restored';
  const driver = await go();
  await driver.approve();
  world.fleet.host('prod-1').behaviour = 'failed';
  const paused = await driver.choose('go-back');
  expect(paused.state).toMatchObject({ phase: 'paused', goingBack: 'fleet' });
  expect(paused.trouble?.instance?.name).toBe('prod-1');
  const ended = await driver.choose('leave');
  expect(ended.state).toMatchObject({ outcome: 'rolled-back' });
  expect(leftOf(ended)).toContain('prod-1 failed');
});

test('a login that stood on the hosts only has no way back: said before approval, and not offered later', async () => {
  const world = new World({ services: [onHosts('web')], groupPercent: 25 });
  world.addCluster('prod', 4, 'no-login');
  world.fleet.host('prod-2').behaviour = 'restored';
  const driver = await begun(world, world.hostsOf('prod'));
  expect(await checksOf(driver)).toContain('hosts-no-way-back');
  expect((await driver.approve()).state).toMatchObject({ phase: 'paused', canGoBack: false });
});

test('nor is it where the other login of the rotation, a secret, could go back', async () => {
  const world = new World({ services: [serviceOf('api'), onHosts('web')] });
  world.addCluster('prod', 2, 'no-login');
  const { credentials } = world.hostsOf('prod');
  const secret = { kind: 'secret', target: 'main', id: prodSecret, name: 'prod/ghcr-pull' } as const;
  const driver = await begun(world, { credentials: [secret, ...credentials] });
  world.registry.deny(newLogin, imageOf('api'));
  const { state, trouble } = await driver.approve();
  expect(trouble?.cause).toBe('login');
  expect(state).toMatchObject({ phase: 'paused', canGoBack: false });
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
});

test('hosts whose execution was lost stand still with what has come, and go on from there', async () => {
  const { world, go } = fleetOf(8);
  const driver = await go();
  const lost = new Error('the execution was stopped');
  const stopAt = (verb: string) => {
    if (verb === 'apply' && world.fleet.sent.length === 2) throw lost;
  };
  await expect(driver.approveThen(stopAt)).rejects.toBe(lost);
  world.executions.status = 'ended';
  await sweep(world);
  const { state } = await driver.rotation();
  expect(state).toMatchObject({ phase: 'paused', canGoBack: true, fleet: { wave: 2, waves: 5 } });
  const fresh = new Driver(world, driver.key);
  await fresh.go();
  expect((await fresh.choose('try-again')).state).toMatchObject({ outcome: 'done' });
  expect(world.fleet.all.map(({ restarts }) => restarts)).toEqual(Array(8).fill(1));
});
