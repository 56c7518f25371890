import type { Verb } from '../../src/rotation/rules/story.ts';
import { approve } from '../../src/rotation/rules/transitions.ts';
import type { Action } from '../../src/rotation/workflow.ts';
import { fingerprintOf } from './fakes/driver.ts';
import { serviceOf } from './fakes/example-consumers.ts';
import { onHosts } from './fakes/fleet-world.ts';
import { runRotation } from './fakes/rotation-engine.ts';
import { ScriptedVerbs } from './fakes/scripted-verbs.ts';
import { World } from './fakes/world.ts';

async function run(script: readonly Verb[], prepare: (verbs: ScriptedVerbs) => void = () => {}) {
  const verbs = new ScriptedVerbs(script);
  prepare(verbs);
  const ran = await runRotation(() => verbs);
  return { ...ran, calls: verbs.calls };
}

test('it looks first, then does what each step says comes next, until the end', async () => {
  const story: Action[] = ['check', 'confirm', 'change', 'restart', 'watch', 'judge', 'go-back', 'tidy'];
  const { calls, row } = await run(story.map((verb) => ({ do: verb }) as Verb)); // each of these is a verb of its own
  expect(calls).toEqual(['look', ...story]);
  expect(row).toMatchObject({ status: 'SUCCEEDED', result: JSON.stringify({ turns: 9 }) });
});

test('a rotation that is nowhere ends at the first look', async () => {
  expect((await run([])).calls).toEqual(['look']);
});

test('settling waits without running, and then looks again', async () => {
  const { calls, took } = await run([{ do: 'settle', seconds: 30 }, { do: 'restart' }]);
  expect(calls).toEqual(['look', 'look', 'restart']);
  expect(took).toBeGreaterThanOrEqual(30_000);
  expect(took).toBeLessThan(35_000);
});

test('a decision that nobody takes times out, and the record is read again', async () => {
  const { calls, took, row } = await run([{ do: 'decide', seconds: 3600 }, { do: 'remind' }]);
  expect(calls).toEqual(['look', 'listen', 'look', 'remind']);
  expect(took).toBeGreaterThanOrEqual(3_600_000);
  expect(row.status).toBe('SUCCEEDED');
});

test('a click rings, and the record is read at once', async () => {
  const verbs = new ScriptedVerbs([{ do: 'decide', seconds: 3600 }, { do: 'confirm' }]);
  const { took } = await runRotation((ring) => {
    verbs.onListen = ring;
    return verbs;
  });
  expect(verbs.calls).toEqual(['look', 'listen', 'look', 'confirm']);
  expect(took).toBeLessThan(60_000);
});

test('an action that fails once is done again, and nobody hears of it', async () => {
  const { calls } = await run([{ do: 'restart' }, { do: 'tidy' }], (verbs) => verbs.fail('restart', 1));
  expect(calls).toEqual(['look', 'restart', 'restart', 'tidy']);
});

test.each<[Action, number]>([
  ['check', 3],
  ['change', 5],
  ['apply', 5],
  ['restart', 5],
  ['go-back', 5],
  ['judge', 6],
])('%s that never works is given up after %i tries, and told with its reason', async (action, tries) => {
  const script: Verb[] = [{ do: action } as Verb, { do: 'tidy' }]; // the actions of this table are verbs
  const { calls, row } = await run(script, (verbs) => verbs.fail(action, 99));
  expect(calls.filter((call) => call === action)).toHaveLength(tries);
  expect(calls.at(-2)).toBe(`stumble: ${action} does not work`);
  expect(calls.at(-1)).toBe('tidy');
  expect(row.status).toBe('SUCCEEDED');
});

test('writes on AWS that fail are told within about a minute', async () => {
  const { took } = await run([{ do: 'change' }], (verbs) => verbs.fail('change', 99));
  expect(took).toBeLessThan(75_000);
});

test('a doorbell that cannot be noted does not end the rotation', async () => {
  const { calls, row } = await run([{ do: 'decide', seconds: 60 }, { do: 'tidy' }], (verbs) =>
    verbs.fail('listen', 99),
  );
  expect(calls.slice(-2)).toEqual(['look', 'tidy']);
  expect(row.status).toBe('SUCCEEDED');
});

test('a first look that never works fails the execution, which the keeper notices', async () => {
  const { row } = await run([], (verbs) => verbs.fail('look', 99));
  expect(row.status).toBe('FAILED');
});

test('at the turn limit it hands over to the next execution', async () => {
  const { calls, row } = await run(Array.from({ length: 600 }, (): Verb => ({ do: 'restart' })));
  expect(calls.at(-1)).toBe('hand over 7K2M9 1');
  expect(calls.filter((call) => call === 'restart')).toHaveLength(399);
  expect(row.result).toBe(JSON.stringify({ turns: 400 }));
});

test('decisions, the dearest turns, reach the turn limit with operations to spare', async () => {
  const verbs = new ScriptedVerbs(Array.from({ length: 600 }, (): Verb => ({ do: 'decide', seconds: 60 })));
  const { operations, row } = await runRotation((ring) => {
    verbs.onListen = ring;
    return verbs;
  });
  expect(row.result).toBe(JSON.stringify({ turns: 400 }));
  expect(operations).toBeLessThan(2_500);
});

test('the whole story runs on the engine, from the form to the end, with what an approver clicks', async () => {
  const world = new World();
  const key = await world.begin();
  const { row, operations } = await runRotation(
    (ring) => ({
      ...world.verbs,
      listen: async (input, callbackId) => {
        await world.verbs.listen(input, callbackId);
        const at = world.clock.now();
        await world.ledger.change(key, (r) => approve(r, { by: 'U_BEN', at, fingerprint: fingerprintOf(r) }));
        ring(callbackId);
      },
    }),
    { clock: world.clock, input: { ...key, generation: 1 } },
  );
  expect(row.status).toBe('SUCCEEDED');
  expect(await world.ledger.read(key)).toMatchObject({ state: { outcome: 'done' } });
  expect(operations).toBeLessThan(40);
});

test('sixty hosts of three clusters and their services take few operations', async () => {
  const names = ['prod', 'batch', 'edge'];
  const services = names.map((name) => onHosts(`web-${name}`, name));
  const world = new World({ services, settings: { approvalsFor: () => 0 }, groupPercent: 10 });
  for (const name of names) world.addCluster(name, 20);
  const key = await world.begin(world.hostsOf(...names));
  const { operations } = await runRotation(() => world.verbs, {
    clock: world.clock,
    input: { ...key, generation: 1 },
  });
  expect(await world.ledger.read(key)).toMatchObject({ state: { outcome: 'done' } });
  expect(world.fleet.all.map(({ restarts }) => restarts)).toEqual(Array(60).fill(1));
  expect(operations).toBeLessThan(110);
}, 15_000);

test('a rollout over 300 services stays within an eighth of the operations the service allows', async () => {
  const services = Array.from({ length: 300 }, (_, n) => serviceOf(`s${n}`, { desired: 1 }));
  const world = new World({ services, settings: { approvalsFor: () => 0 }, groupPercent: 10 });
  const key = await world.begin();
  const { operations } = await runRotation(() => world.verbs, {
    clock: world.clock,
    input: { ...key, generation: 1 },
  });
  expect(await world.ledger.read(key)).toMatchObject({ state: { outcome: 'done' } });
  expect(world.estate.restarted).toHaveLength(300);
  expect(operations).toBeLessThan(375);
}, 15_000);
