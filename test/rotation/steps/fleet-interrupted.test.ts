import { agentOf } from '../fakes/example-consumers.ts';
import { fleetOf } from '../fakes/fleet-world.ts';
import type { World } from '../fakes/world.ts';

type Call = (...input: readonly unknown[]) => Promise<unknown>;

/** Whatever writes or sends, from approval on. */
const calls = [
  ['ledger', 'saveInstance'],
  ['ledger', 'change'],
  ['ledger', 'saveConsumer'],
  ['fleet', 'apply'],
  ['fleet', 'look'],
  ['fleet', 'dryRun'],
] as const;

/** Cuts the story off at one call, before or after it is done, once; answers how many calls there were. */
function cutOff(world: World, at: number, when: 'before' | 'after'): { count: number } {
  const seen = { count: 0 };
  for (const [port, method] of calls) {
    // A port's methods by their names; the types of each are of no interest here.
    const methods = world[port] as unknown as Record<string, Call>;
    const call = methods[method]?.bind(world[port]);
    if (!call) throw new Error(`no ${method}`);
    methods[method] = async (...input) => {
      seen.count += 1;
      const isCut = seen.count === at;
      if (isCut && when === 'before') throw new Error('cut off');
      const answer = await call(...input);
      if (isCut) throw new Error('cut off');
      return answer;
    };
  }
  return seen;
}

/** Six hosts, of which one is slow, and one more that joins; cut off at the given call. */
async function storyCutOff(at: number, when: 'before' | 'after') {
  const { world, go } = fleetOf(6);
  world.fleet.host('prod-2').behaviour = 'slow';
  world.fleet.afterSending = () => world.fleet.add(agentOf('prod'), 'joined');
  const driver = await go();
  const seen = cutOff(world, at, when);
  const { state } = await driver.approve();
  return { world, state, calls: seen.count };
}

test.each(['before', 'after'] as const)(
  'cut off %s any one of its calls, it ends the same and every host restarts once',
  async (when) => {
    const { calls: all } = await storyCutOff(0, when);
    expect(all).toBeGreaterThan(40);
    // The first call is the click, which is not the story's to repeat.
    for (let at = 2; at <= all; at++) {
      const { world, state } = await storyCutOff(at, when);
      const ended = state.phase === 'closed' ? [state.outcome, state.left] : [state.phase];
      expect([at, ...ended]).toEqual([at, 'done', []]);
      expect(world.fleet.all.map(({ restarts }) => restarts)).toEqual(Array(7).fill(1));
      expect(world.fleet.sent.flat()).toHaveLength(7);
    }
  },
);
