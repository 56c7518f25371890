import { begun } from '../fakes/driver.ts';
import { agentOf, imageOf, prodSecret, serviceOf } from '../fakes/example-consumers.ts';
import { checksOf, fleetOf, onHosts } from '../fakes/fleet-world.ts';
import { World } from '../fakes/world.ts';

test('every host is asked once before approval, and again where the checks have grown old', async () => {
  const { world, go } = fleetOf(5);
  const driver = await go();
  expect(world.fleet.dryRuns).toBe(1);
  world.clock.advance(16 * 60_000);
  await driver.approve();
  expect(world.fleet.dryRuns).toBe(2);
});

test('hosts are no part of what was approved: one more is no reason to ask again', async () => {
  const { world, go } = fleetOf(3);
  const driver = await go();
  world.fleet.add(agentOf('prod'), 'one-more');
  world.clock.advance(16 * 60_000);
  const { state } = await driver.approve();
  expect(state).toMatchObject({ outcome: 'done' });
  expect(world.announcer.kinds.filter((kind) => kind === 'asked-again')).toHaveLength(1);
});

test('hosts that are not ready are told by reason, four by name and the rest by number', async () => {
  const { world, go } = fleetOf(12);
  for (const { sight } of world.fleet.all.slice(1, 7))
    world.fleet.host(sight.name).sight = { ...sight, notReady: 'unreachable' };
  const last = world.fleet.host('prod-12');
  last.sight = { ...last.sight, notReady: 'draining' };
  const driver = await go();
  const report = await world.ledger.report(driver.key);
  const away = report?.findings.filter(({ check }) => check === 'instances-not-ready');
  expect(away?.map(({ facts }) => [facts.because, facts.ready, facts.more])).toEqual([
    ['unreachable', 5, 2],
    ['draining', 5, undefined],
  ]);
  expect(await checksOf(driver)).not.toContain('instances-ready');
});

test('one cluster with no host ready is no stop while another has some', async () => {
  const world = new World({ services: [onHosts('web')] });
  world.addCluster('prod', 2);
  world.addCluster('edge', 1);
  const host = world.fleet.host('edge-1');
  host.sight = { ...host.sight, notReady: 'bottlerocket' };
  const driver = await begun(world, world.hostsOf('prod', 'edge'));
  expect((await driver.rotation()).state.phase).toBe('waiting');
  expect(await checksOf(driver)).toContain('instances-not-ready');
});

test('a cluster without hosts has nothing to change, and nothing is said of it', async () => {
  const { go } = fleetOf(0);
  const driver = await go();
  expect((await checksOf(driver)).filter((check) => check.startsWith('instances'))).toEqual([]);
  expect((await driver.approve()).state).toMatchObject({ phase: 'closed' });
});

test('an execution role is asked about secrets only, not about what a host’s own login pulls', async () => {
  const images = [
    { container: 'app', image: imageOf('api'), credentialId: prodSecret },
    { container: 'side', image: imageOf('side'), credentialId: agentOf('prod') },
  ];
  const world = new World({ services: [serviceOf('api', { images })] });
  world.addCluster('prod', 1);
  const asked: string[] = [];
  world.estate.roleMayRead = async (_target, _role, secret = '') => {
    asked.push(secret);
    return true;
  };
  const secret = { kind: 'secret', target: 'main', id: prodSecret, name: 'prod/ghcr-pull' } as const;
  await begun(world, { credentials: [secret, ...world.hostsOf('prod').credentials] });
  expect(asked).toEqual([prodSecret]);
});

test('hosts whose login is only to be proved are not asked and not changed', async () => {
  const { world, go: _ } = fleetOf(3);
  const driver = await begun(world, { ...world.hostsOf('prod'), ask: { entry: 'in-use' } });
  expect(world.fleet.dryRuns).toBe(0);
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
  expect(world.fleet.sent).toEqual([]);
});
