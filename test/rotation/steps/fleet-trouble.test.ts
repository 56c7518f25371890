import { fleetOf, leftOf } from '../fakes/fleet-world.ts';

test('a host that does not come back is restored, and no further one is touched', async () => {
  const { world, go } = fleetOf(8);
  world.fleet.host('prod-3').behaviour = 'restored';
  const driver = await go();
  const { state, trouble } = await driver.approve();
  expect(state).toMatchObject({ phase: 'paused', canGoBack: true, fleet: { wave: 1, waves: 5 } });
  expect(trouble).toMatchObject({
    cause: 'instance',
    instance: { name: 'prod-3', is: 'restored', why: 'agent-not-back' },
  });
  expect(world.fleet.sent.flat()).toEqual(['prod-1', 'prod-2', 'prod-3']);
  expect(world.estate.restarted).toEqual([]);
  expect(world.announcer.kinds.at(-1)).toBe('paused');
});

test('after that it can be tried again: only what has not changed yet is sent', async () => {
  const { world, go } = fleetOf(8);
  world.fleet.host('prod-3').behaviour = 'restored';
  const driver = await go();
  await driver.approve();
  world.fleet.host('prod-3').behaviour = 'normal';
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
  expect(world.fleet.sent.slice(2, 4)).toEqual([['prod-3'], ['prod-4', 'prod-5']]);
  expect(world.fleet.all.map(({ restarts }) => restarts)).toEqual(Array(8).fill(1));
});

test('or left out: the others go on, and the end names it', async () => {
  const { world, go } = fleetOf(4);
  world.fleet.host('prod-3').behaviour = 'restored';
  const driver = await go();
  await driver.approve();
  const ended = await driver.choose('leave-out');
  expect(ended.state).toMatchObject({ outcome: 'finished' });
  expect(leftOf(ended)).toEqual(['prod-3 restored']);
});

test.each(['dieAfterSending', 'dieBeforeSending'] as const)(
  'cut off (%s) between sending and writing it down, every host is still sent to once',
  async (how) => {
    const { world, go } = fleetOf(6);
    const driver = await go();
    world.fleet[how] = true;
    expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
    expect(world.fleet.sent.flat()).toHaveLength(6);
    expect(world.fleet.all.map(({ restarts }) => restarts)).toEqual(Array(6).fill(1));
  },
);

test('cut off while results are written, only what is open is asked for again, by the same command', async () => {
  const { world, go } = fleetOf(9);
  const driver = await go();
  let isSet = false;
  await driver.approveThen((verb) => {
    if (isSet || verb !== 'apply' || world.fleet.sent.length !== 1) return;
    isSet = true;
    // Two hosts are marked, what became of the first is written, of the second not.
    world.ledger.failOnce('saveInstance', 3);
  });
  expect((await driver.rotation()).state).toMatchObject({ outcome: 'done' });
  expect(world.fleet.sent.flat()).toHaveLength(9);
  expect(world.fleet.asked.length).toBe(world.fleet.sent.length + 1);
});

test('trouble is told when the other hosts of the wave have ended, not before', async () => {
  const { world, go } = fleetOf(9);
  world.fleet.host('prod-2').behaviour = 'restored';
  world.fleet.host('prod-3').behaviour = 'slow';
  const driver = await go();
  expect((await driver.approve()).state.phase).toBe('paused');
  const records = await world.ledger.instances(driver.key);
  const progress = records.map(({ instance, progress: { is } }) => `${instance.name} ${is}`);
  expect(progress).toContain('prod-3 changed');
  expect(progress.filter((line) => line.endsWith('under-way'))).toEqual([]);
});

test('a host that takes long is waited for, and one that is never heard of stops the others', async () => {
  const { world, go } = fleetOf(6);
  world.fleet.host('prod-1').behaviour = 'slow';
  world.fleet.host('prod-5').behaviour = 'silent';
  const driver = await go();
  const { state, trouble } = await driver.approve();
  expect(state.phase).toBe('paused');
  expect(trouble?.instance).toMatchObject({ name: 'prod-5', is: 'failed', why: 'no-answer' });
  expect(world.fleet.host('prod-1').restarts).toBe(1);
  expect(world.fleet.host('prod-6').restarts).toBe(0);
});

test('a first host that is not reached proves nothing: the next one goes alone as well', async () => {
  const { world, go } = fleetOf(9);
  world.fleet.host('prod-1').behaviour = 'away';
  const driver = await go();
  const ended = await driver.approve();
  expect(world.fleet.sent.slice(0, 3)).toEqual([['prod-1'], ['prod-2'], ['prod-3']]);
  expect(leftOf(ended)).toEqual(['prod-1 not-reached']);
});

test('Stop among the hosts ends the command under way and then stands still', async () => {
  const { world, go } = fleetOf(8);
  const driver = await go();
  await driver.approveThen(async (verb) => {
    if (verb === 'apply' && world.fleet.sent.length === 2) await driver.stop();
  });
  const { state, trouble } = await driver.rotation();
  expect(state).toMatchObject({ phase: 'paused', fleet: { wave: 2 } });
  expect(trouble?.cause).toBe('stopped');
  expect(world.fleet.sent).toHaveLength(2);
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
});

test('a rotation of hosts where this installation knows of none stands still and says so', async () => {
  const { world, go } = fleetOf(2);
  Object.assign(world.checking, { fleet: undefined });
  const driver = await go();
  expect((await driver.rotation()).state.phase).toBe('cannot-start');
});

test('a role that lost its right after approval stops at the first host, with nothing changed', async () => {
  const { world, go } = fleetOf(4);
  const driver = await go();
  for (const host of world.fleet.all) host.behaviour = 'refused';
  const { state, trouble } = await driver.approve();
  expect(state).toMatchObject({ phase: 'paused', canGoBack: true });
  expect(trouble).toMatchObject({ cause: 'instance', instance: { name: 'prod-1', is: 'refused' } });
  expect(world.fleet.sent).toEqual([['prod-1']]);
  for (const host of world.fleet.all) host.behaviour = 'normal';
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
});
