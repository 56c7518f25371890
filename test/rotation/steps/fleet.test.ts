import { begun } from '../fakes/driver.ts';
import { agentOf, prodSecret, serviceOf } from '../fakes/example-consumers.ts';
import { checksOf, fleetOf, leftOf, onHosts } from '../fakes/fleet-world.ts';
import { newLogin, World } from '../fakes/world.ts';

test('every host gets the new login once, the first one alone, then its services prove it', async () => {
  const { world, go } = fleetOf(8);
  const driver = await go();
  expect(await checksOf(driver)).toContain('instances-ready');
  const { state } = await driver.approve();
  expect(state).toMatchObject({ outcome: 'done', left: [] });
  expect(world.fleet.sent.map((hosts) => hosts.length)).toEqual([1, 2, 2, 2, 1]);
  expect(world.fleet.sent[0]).toEqual(['prod-1']);
  expect(world.fleet.all.map(({ restarts }) => restarts)).toEqual(Array(8).fill(1));
  expect(await driver.verdicts()).toEqual({ web: 'pulled', mailer: 'pulled' });
  expect(world.announcer.phases).toEqual([
    ...['checking', 'waiting', 'approved', 'changing', 'fleet', 'rolling', 'fleet', 'closed'],
  ]);
});

test('no service restarts before the hosts have changed, and no host before approval', async () => {
  const { world, go } = fleetOf(3);
  const driver = await go();
  expect(world.fleet.sent).toEqual([]);
  await driver.approveThen((verb) => {
    if (verb === 'restart') expect(world.fleet.all.every(({ restarts }) => restarts === 1)).toBe(true);
  });
  expect((await driver.rotation()).state).toMatchObject({ outcome: 'done' });
});

test('three away are left, and everything else changes', async () => {
  const { world, go } = fleetOf(40);
  for (const n of [7, 8, 9]) {
    const host = world.fleet.host(`prod-${n}`);
    host.sight = { ...host.sight, notReady: 'unreachable' };
  }
  const driver = await go();
  const report = await world.ledger.report(driver.key);
  const finding = report?.findings.find(({ check }) => check === 'instances-not-ready');
  expect(finding?.facts).toMatchObject({ ready: 37, of: 40, because: 'unreachable' });
  expect(finding?.facts.hosts).toBe('prod-7:7:eu-west-1a prod-8:8:eu-west-1a prod-9:9:eu-west-1a');
  const ended = await driver.approve();
  expect(ended.state).toMatchObject({ outcome: 'finished' });
  expect(leftOf(ended)).toEqual(['prod-7 unreachable', 'prod-8 unreachable', 'prod-9 unreachable']);
  expect(world.fleet.sent.flat()).toHaveLength(37);
});

test('a host that comes back while the others change is changed as well', async () => {
  const { world, go } = fleetOf(4);
  const host = world.fleet.host('prod-4');
  host.sight = { ...host.sight, notReady: 'disconnected' };
  const driver = await go();
  world.fleet.afterSending = () => {
    const { notReady: _back, ...sight } = host.sight;
    host.sight = sight;
  };
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done', left: [] });
  expect(host.restarts).toBe(1);
});

test('where no role may read the secret nothing can start, and nothing is sent', async () => {
  const { world, go } = fleetOf(3);
  const misses = { role: 'prod-hosts', secret: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:x' };
  for (const host of world.fleet.all) host.sight = { ...host.sight, notReady: 'role-missing', misses };
  const driver = await go();
  expect((await driver.rotation()).state.phase).toBe('cannot-start');
  const report = await world.ledger.report(driver.key);
  expect(report?.findings).toContainEqual({
    check: 'instances-none-ready',
    facts: expect.objectContaining({ because: 'role-missing', ...misses }),
  });
  expect(world.fleet.sent).toEqual([]);
});

test('hosts that join, before or after the services restarted, are found and changed', async () => {
  const { world, go } = fleetOf(4);
  const driver = await go();
  world.fleet.afterSending = () => world.fleet.add(agentOf('prod'), 'early');
  await driver.approveThen((verb) => {
    const isLate = verb === 'watch' && !world.fleet.all.some(({ sight }) => sight.name === 'late');
    if (isLate) world.fleet.add(agentOf('prod'), 'late');
  });
  expect((await driver.rotation()).state).toMatchObject({ outcome: 'done', left: [] });
  expect(world.fleet.all.map(({ restarts }) => restarts)).toEqual(Array(6).fill(1));
  expect((await world.ledger.auditOf(driver.key)).map(({ what }) => what)).toContain('hosts-joined');
});

test('a host that joined and is not ready is left, and one that left the cluster is not waited for', async () => {
  const { world, go } = fleetOf(5);
  const driver = await go();
  world.fleet.host('prod-5').behaviour = 'away';
  world.fleet.afterSending = () => {
    world.fleet.add(agentOf('prod'), 'joined', { notReady: 'windows' });
    world.fleet.remove(agentOf('prod'), 'prod-5');
  };
  expect(leftOf(await driver.approve())).toEqual(['joined windows']);
});

test('sixty hosts in three clusters change within a quarter of each at a time', async () => {
  const names = ['prod', 'batch', 'edge'];
  const services = names.map((name) => onHosts(`web-${name}`, name));
  const world = new World({ services, groupPercent: 25 });
  for (const name of names) world.addCluster(name, 20);
  const driver = await begun(world, world.hostsOf(...names));
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done', left: [] });
  expect(world.fleet.all.map(({ restarts }) => restarts)).toEqual(Array(60).fill(1));
  expect(Math.max(...world.fleet.sent.map((hosts) => hosts.length))).toBe(5);
  expect(driver.done.filter((verb) => verb === 'apply').length).toBeLessThan(20);
});

test('one rotation changes a secret and a fleet, and both kinds of service prove it', async () => {
  const world = new World({ services: [serviceOf('api'), onHosts('web')], groupPercent: 50 });
  world.addCluster('prod', 4);
  const { credentials } = world.hostsOf('prod');
  const secret = { kind: 'secret', target: 'main', id: prodSecret, name: 'prod/ghcr-pull' } as const;
  const driver = await begun(world, { credentials: [secret, ...credentials] });
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
  expect(await driver.verdicts()).toEqual({ api: 'pulled', web: 'pulled' });
});

test('what the agent does not read is told, and the change goes on', async () => {
  const { world, go } = fleetOf(2);
  const holds = {
    isSame: false,
    type: 'docker',
    registries: [],
    problems: [{ name: 'data-not-json' }, { name: 'data-not-json' }],
  };
  const host = world.fleet.host('prod-2');
  host.sight = { ...host.sight, holds };
  const driver = await go();
  expect(await checksOf(driver)).toEqual(
    expect.arrayContaining(['instances-ready', 'agent-config-broken', 'agent-docker-type']),
  );
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
});
