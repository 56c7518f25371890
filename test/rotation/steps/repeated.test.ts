import { checkAgain } from '../../../src/rotation/rules/transitions.ts';
import { begun, Driver } from '../fakes/driver.ts';
import { imageOf, prodSecret, stagingSecret } from '../fakes/example-consumers.ts';
import { newLogin, oldLogin, World } from '../fakes/world.ts';

/** Where a process can die between an effect and its record: before this verb, at its next write by this method. */
const deaths = [
  ['confirm', 'saveConsumers'],
  ['confirm', 'change'],
  ['change', 'change'],
  ['restart', 'saveConsumer'],
  ['restart', 'change'],
  ['watch', 'saveConsumer'],
  ['watch', 'change'],
  ['tidy', 'read'],
] as const;

test.each(deaths)(
  'a good rotation that dies in %s, at its %s, ends as if it had not',
  async (verb, method) => {
    const world = new World();
    const driver = await begun(world);
    let hasDied = false;
    const { state } = await driver.approveThen((next) => {
      if (next !== verb || hasDied) return;
      hasDied = true;
      world.ledger.failOnce(method);
    });
    expect(hasDied).toBe(true);
    expect(state).toMatchObject({ outcome: 'done' });
    expect(world.estate.restarted).toEqual(['preview', 'mailer', 'web']);
    expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
    expect(world.credentials.inUse(stagingSecret)).toEqual(newLogin);
  },
);

test.each([
  ['judge', 'change'],
  ['go-back', 'change'],
  ['restart', 'saveConsumer'],
] as const)(
  'a rotation that goes back and dies in %s, at its %s, ends as if it had not',
  async (verb, method) => {
    const world = new World();
    const driver = await begun(world);
    world.registry.deny(newLogin, imageOf('preview'));
    let hasDied = false;
    const { state } = await driver.approveThen((next) => {
      if (next !== verb || hasDied) return;
      hasDied = true;
      world.ledger.failOnce(method);
    });
    expect(hasDied).toBe(true);
    expect(state).toMatchObject({ outcome: 'rolled-back' });
    expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
    expect(world.estate.restarted).toEqual(['preview', 'preview']);
  },
);

test('a move that fails after the first secret goes on with the second one', async () => {
  const world = new World();
  world.credentials.failOnce('move', prodSecret);
  const driver = await begun(world);
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
  expect(world.credentials.inUse(prodSecret)).toEqual(newLogin);
});

test.each(['pause', 'judge'] as const)(
  'a pause whose telling was cut off in %s is told all the same',
  async (verb) => {
    const world = new World();
    const driver = await begun(world);
    if (verb === 'judge') world.estate.service('preview').behaviour = 'crashes';
    const { state } = await driver.approveThen(async (next) => {
      if (verb === 'pause' && next === 'watch') await driver.stop();
      world.announcer.dieOnce = next === verb;
    });
    expect(state.phase).toBe('paused');
    expect(world.announcer.kinds.filter((kind) => kind === 'paused')).toHaveLength(1);
  },
);

test('a round of checks that is repeated after its end does not replace the plan', async () => {
  const world = new World();
  const driver = await begun(world);
  world.estate.service('web').gone = true;
  expect(await world.verbs.act.check({ ...driver.key, generation: 1 })).toMatchObject({ do: 'decide' });
  expect(await world.ledger.consumers(driver.key)).toHaveLength(3);
});

test('what ECS does not allow is told after three tries, and trying again goes on', async () => {
  const world = new World();
  world.estate.forbidRestarts(3);
  const driver = await begun(world);
  const { state, trouble } = await driver.approve();
  expect(state).toMatchObject({ phase: 'paused', canGoBack: true, group: 0, groups: 3 });
  expect(trouble?.reference).toContain('UpdateService');
  expect(world.announcer.kinds).toEqual(['asked-again', 'paused']);
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'done' });
});

test('a way back that fails for good goes on back when it is tried again, and never ends as finished', async () => {
  const world = new World();
  const driver = await begun(world);
  world.registry.deny(newLogin, imageOf('preview'));
  const { state } = await driver.approveThen((verb) => {
    if (verb === 'go-back') for (let n = 0; n < 3; n++) world.credentials.failOnce('move', prodSecret);
  });
  expect(state).toMatchObject({ phase: 'paused', goingBack: 'move' });
  expect((await driver.choose('try-again')).state).toMatchObject({ outcome: 'rolled-back' });
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
});

test('checks that fail for good can be run again, and leave nothing to trip over in the rollout', async () => {
  const world = new World();
  const driver = new Driver(world, await world.begin());
  for (let n = 0; n < 3; n++) world.credentials.failOnce('condition', stagingSecret);
  const { state, trouble } = await driver.go();
  expect(state.phase).toBe('cannot-start');
  expect(trouble).toMatchObject({ cause: 'unexpected', reference: expect.stringContaining('aws-denied') });
  await driver.click((r) => checkAgain(r, { by: 'U_AYA', at: driver.now }));
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
});

test('labels that cannot be removed do not stumble for ever', async () => {
  const world = new World();
  for (let n = 0; n < 9; n++) world.credentials.failOnce('removeLabels');
  const driver = await begun(world);
  expect((await driver.approve()).state).toMatchObject({ outcome: 'done' });
  expect(driver.done.filter((verb) => verb === 'tidy')).toHaveLength(1);
  const audits = await world.ledger.auditOf(driver.key);
  expect(audits.map(({ what }) => what)).toContain('stumbled');
});

test('a confirmation that fails for good is not taken for a start', async () => {
  const world = new World();
  const driver = await begun(world);
  const { state } = await driver.approveThen((verb) => {
    if (verb === 'confirm') for (let n = 0; n < 3; n++) world.ledger.failOnce('saveConsumers');
  });
  expect(state.phase).toBe('cannot-start');
  expect(world.credentials.inUse(prodSecret)).toEqual(oldLogin);
});

test('the next execution goes on from the record, once', async () => {
  const world = new World();
  const driver = await begun(world);
  const input = { ...driver.key, generation: 1 };
  await world.verbs.handOver(input);
  await world.verbs.handOver(input);
  expect((await driver.rotation()).generation).toBe(2);
  expect(world.executions.started).toEqual([`${driver.key.id} 2`, `${driver.key.id} 2`]);
});
