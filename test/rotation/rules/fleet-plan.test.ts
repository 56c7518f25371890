import { countWaves, makeFleetPlan, planJoined } from '../../../src/rotation/rules/fleet-plan.ts';
import type { InstanceRecord, InstanceSight } from '../../../src/rotation/rules/instance.ts';

function hosts(count: number, cluster: string, parts: Partial<InstanceSight> = {}): InstanceSight[] {
  return Array.from({ length: count }, (_, n) => {
    const name = `${cluster}-${String(n + 1).padStart(2, '0')}`;
    return { id: name, name, tasks: n, family: 'al2023', ...parts };
  });
}

function wavesOf(records: readonly InstanceRecord[]): string[][] {
  return Array.from({ length: countWaves(records) }, (_, wave) =>
    records
      .filter(({ planned }) => planned.action === 'change' && planned.wave === wave)
      .map(({ instance }) => instance.name),
  );
}

test('the host of the fewest tasks goes first and alone, then a share of every cluster at a time', () => {
  const records = makeFleetPlan(
    [
      { credentialId: 'a', stage: 'production', instances: hosts(4, 'a').reverse() },
      { credentialId: 'b', stage: 'production', instances: hosts(8, 'b') },
    ],
    25,
  );
  const [first, second] = wavesOf(records);
  expect(first).toEqual(['a-01']);
  expect(second).toEqual(['a-02', 'b-01', 'b-02']);
  expect(wavesOf(records).flat()).toHaveLength(12);
});

test('stages other than production come before it, each with a first host of its own', () => {
  const of = (stage: string) => ({ credentialId: stage, stage, instances: hosts(3, stage) });
  const waves = wavesOf(makeFleetPlan([of('production'), of('staging')], 100));
  expect(waves).toEqual([
    ['staging-01'],
    ['staging-02', 'staging-03'],
    ['production-01'],
    ['production-02', 'production-03'],
  ]);
});

test.each([
  [1, 20, 1],
  [4, 20, 1],
  [10, 20, 2],
  [14, 20, 2],
  [40, 1, 1],
  [400, 100, 50],
])('of %i hosts at %i percent no more than %i change at a time', (count, percent, most) => {
  const instances = hosts(count, 'a');
  const waves = wavesOf(makeFleetPlan([{ credentialId: 'a', stage: 'production', instances }], percent));
  expect(Math.max(...waves.map((wave) => wave.length))).toBe(most);
  expect(waves.flat()).toHaveLength(count);
});

test('what is not ready is left for its reason, and counts for the share all the same', () => {
  const instances = [...hosts(4, 'a'), ...hosts(4, 'z', { notReady: 'draining' })];
  const records = makeFleetPlan([{ credentialId: 'a', stage: 'production', instances }], 25);
  expect(wavesOf(records)).toEqual([['a-01'], ['a-02', 'a-03'], ['a-04']]);
  const left = records.filter(({ planned }) => planned.action === 'leave');
  expect(left.map(({ planned }) => planned)).toEqual(Array(4).fill({ action: 'leave', because: 'draining' }));
});

test('where none is ready there is no wave', () => {
  const instances = hosts(2, 'a', { notReady: 'windows' });
  const records = makeFleetPlan([{ credentialId: 'a', stage: 'production', instances }], 25);
  expect(countWaves(records)).toBe(0);
  expect(countWaves(planJoined([], 25, 3))).toBe(0);
});

test('hosts that joined follow the waves there are, within the share of the whole cluster', () => {
  const cluster = { credentialId: 'a', stage: '', instances: hosts(5, 'new'), size: 10 };
  const records = planJoined([cluster], 20, 3);
  expect(wavesOf(records).slice(3)).toEqual([['new-01', 'new-02'], ['new-03', 'new-04'], ['new-05']]);
});
