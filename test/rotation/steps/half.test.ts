import { begun } from '../fakes/driver.ts';
import { serviceOf } from '../fakes/example-consumers.ts';
import { World } from '../fakes/world.ts';

/** Neither a task less nor one more is allowed: nothing can move. */
const stuck = serviceOf('batch', { desired: 2, minimumHealthyPercent: 100, maximumPercent: 100 });

test('S8: ticked, a service that cannot roll otherwise runs at half, and gets its own setting back', async () => {
  const world = new World({ services: [stuck] });
  const driver = await begun(world, { ask: { halve: true } });
  let during: string | undefined;
  const { state } = await driver.approveThen((verb) => {
    if (verb === 'watch') during ??= world.estate.settings.get('batch');
  });
  expect(during).toBe('half');
  expect(state).toMatchObject({ outcome: 'done' });
  expect(world.estate.settings.get('batch')).toBe('own');
});

test('without the tick no setting is written, and the approver is told that it cannot restart', async () => {
  const world = new World({ services: [stuck] });
  const driver = await begun(world);
  const report = await world.ledger.report(await driver.rotation());
  expect(report?.findings.map(({ check }) => check)).toContain('cannot-roll');
  await driver.approve();
  expect(world.estate.settings.has('batch')).toBe(false);
});

test('a service of one task gains nothing by half, and one that can roll is left as it is', async () => {
  const single = serviceOf('single', { desired: 1, minimumHealthyPercent: 100, maximumPercent: 100 });
  const rolls = serviceOf('rolls', { desired: 4, minimumHealthyPercent: 50, maximumPercent: 100 });
  const world = new World({ services: [single, rolls] });
  const driver = await begun(world, { ask: { halve: true } });
  await driver.approve();
  expect([...world.estate.settings]).toEqual([]);
});

test('what stands still has its own setting, and runs at half again when it goes on', async () => {
  const world = new World({ services: [stuck] });
  const driver = await begun(world, { ask: { halve: true } });
  world.estate.service('batch').behaviour = 'stuck';
  expect((await driver.approve()).state).toMatchObject({ phase: 'paused' });
  expect(world.estate.settings.get('batch')).toBe('own');
  world.estate.service('batch').behaviour = 'normal';
  const { state } = await driver.choose('try-again');
  expect(world.estate.halved).toEqual(['batch', 'batch']);
  expect(state).toMatchObject({ outcome: 'done' });
  expect(world.estate.settings.get('batch')).toBe('own');
});

test('a setting that somebody changed meanwhile stays theirs', async () => {
  const world = new World({ services: [stuck] });
  const driver = await begun(world, { ask: { halve: true } });
  await driver.approveThen((verb) => {
    if (verb === 'watch') world.estate.settings.set('batch', 'theirs');
  });
  expect(world.estate.settings.get('batch')).toBe('theirs');
});
