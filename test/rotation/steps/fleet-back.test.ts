import { begun } from '../fakes/driver.ts';
import { agentOf, imageOf } from '../fakes/example-consumers.ts';
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
