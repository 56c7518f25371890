import { sweep } from '../../src/rotation/keeping.ts';
import { begun, Driver } from './fakes/driver.ts';
import { prodSecret, stagingSecret } from './fakes/example-consumers.ts';
import { newLogin, oldLogin, World } from './fakes/world.ts';

test('an execution that runs is left alone', async () => {
  const world = new World();
  const driver = await begun(world);
  expect(await sweep(world)).toEqual({ kept: 0 });
  expect((await driver.rotation()).state.phase).toBe('waiting');
});

test('a rotation whose execution was never started is started', async () => {
  const world = new World();
  const key = await world.begin();
  world.executions.status = 'none';
  await sweep(world);
  expect(world.executions.started).toEqual([`${key.id} 1`]);
});

test('a record that stayed in staging is ended after its lease, and not before', async () => {
  const world = new World();
  world.ledger.failOnce('change');
  await world.store().catch(() => {});
  expect(await sweep(world)).toEqual({ kept: 0 });
  world.clock.advance(60_000);
  expect(await sweep(world)).toEqual({ kept: 1 });
  expect(await world.ledger.open('ghcr.io')).toBeUndefined();
});

test('a login that could be stored in one of two secrets only keeps no label of ours', async () => {
  const world = new World();
  world.credentials.failOnce('stage', prodSecret);
  expect(await world.store()).toMatchObject({ result: 'failed', code: 'aws-denied' });
  expect(world.credentials.labelOf(stagingSecret, 'ecs-rotate-pending')).toBeDefined();
  expect(await sweep(world)).toEqual({ kept: 1 });
  expect(world.credentials.labelOf(stagingSecret, 'ecs-rotate-pending')).toBeUndefined();
  expect(await world.ledger.open('ghcr.io')).toBeUndefined();
});

test('an end that was cut off before its labels were off is tidied up by a fresh execution, once', async () => {
  const world = new World();
  const driver = await begun(world);
  world.credentials.failOnce('removeLabels', prodSecret);
  world.credentials.failOnce('removeLabels', prodSecret);
  world.credentials.failOnce('removeLabels', prodSecret);
  await driver.approve();
  expect((await driver.rotation()).state.phase).toBe('closed');
  world.executions.status = 'ended';
  expect(await sweep(world)).toEqual({ kept: 1 });
  expect(world.executions.started.at(-1)).toBe(`${driver.key.id} 2`);
  await driver.go();
  expect(world.credentials.labelOf(prodSecret, 'ecs-rotate-base')).toBeUndefined();
  expect(await sweep(world)).toEqual({ kept: 0 });
});

test('a rotation that cannot be looked after holds up no other, and its error is not lost', async () => {
  const world = new World();
  const first = await world.begin();
  const second = await world.begin({ registry: 'docker.io' });
  world.executions.status = 'none';
  world.executions.failOnce();
  const failed: string[] = [];
  const onFailure = ({ id }: { id: string }) => failed.push(id);
  await expect(sweep({ ...world, onFailure })).rejects.toThrow('aws-failed');
  expect(failed).toEqual([first.id]);
  expect(world.executions.started).toEqual([`${second.id} 1`]);
});

test('a request whose execution was lost before anything changed is ended, labels and lock with it', async () => {
  const world = new World();
  const driver = await begun(world);
  world.executions.status = 'ended';
  await sweep(world);
  expect((await driver.rotation()).state).toMatchObject({ outcome: 'cancelled', because: 'lost' });
  expect([...(world.credentials.secrets.get(prodSecret)?.labels.keys() ?? [])]).toEqual(['AWSCURRENT']);
});

test('after the login has changed the lock stays, and a fresh execution waits for a decision', async () => {
  const world = new World();
  const driver = await begun(world);
  const lost = new Error('the execution was stopped');
  const stopAt = (verb: string) => {
    if (verb === 'restart') throw lost;
  };
  await expect(driver.approveThen(stopAt)).rejects.toBe(lost);
  world.executions.status = 'ended';
  await sweep(world);
  expect(await driver.rotation()).toMatchObject({
    generation: 2,
    state: { phase: 'paused', canGoBack: true },
    trouble: { cause: 'execution-lost' },
  });
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
  expect(world.executions.started).toEqual([`${driver.key.id} 2`]);
  const fresh = new Driver(world, driver.key);
  await fresh.go();
  expect(world.announcer.kinds.filter((kind) => kind === 'paused')).toHaveLength(1);
  expect((await fresh.choose('go-back')).state).toMatchObject({ outcome: 'rolled-back' });
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
});
