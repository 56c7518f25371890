import { endGroup, meetTrouble } from '../rules/advance.ts';
import type { ConsumerRecord } from '../rules/consumer.ts';
import { hasFleet, leftOnWayBack } from '../rules/fleet.ts';
import type { InstanceRecord } from '../rules/instance.ts';
import type { ServiceRecord } from '../rules/plan.ts';
import type { Rotation, RotationKey, Trouble } from '../rules/rotation.ts';
import { pause } from '../rules/standing-still.ts';
import type { Verb } from '../rules/story.ts';
import { close } from '../rules/transitions.ts';
import { isFinal } from '../rules/verdicts.ts';
import type { StoryDeps } from '../story-deps.ts';
import { advance, next } from './advance.ts';
import { observeGroup } from './observe.ts';
import { concernedNow } from './restart.ts';
import { tell } from './tell.ts';

/**
 * Polls the group inside one step, for as long as a step may take, and shows what it sees. Ends when the group is
 * settled, when there is trouble, when somebody stopped it, or when its time is up and another step goes on.
 */
export async function watch(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const until = deps.clock.now() + deps.settings.watchMs;
  const seen = new Map<string, string>();
  for (;;) {
    const rotation = await deps.ledger.read(key);
    if (next(deps, rotation).do !== 'watch' || !rotation) return next(deps, rotation);
    const moved = await poll(deps, rotation, seen);
    if (moved !== rotation) {
      await tell(deps, moved, { final: true });
      return next(deps, moved);
    }
    if (deps.clock.now() + deps.settings.pollMs > until) return { do: 'watch' };
    await deps.clock.sleep(deps.settings.pollMs);
  }
}

/** One look at the group. Answers the record, another one where the watch is over. */
async function poll(
  deps: StoryDeps,
  rotation: Rotation,
  seen: Map<string, string>,
): Promise<Rotation | undefined> {
  const records = await deps.ledger.consumers(rotation);
  const observed = await observeGroup(deps, rotation, concernedNow(rotation, records), seen);
  const instances = hasFleet(rotation) ? await deps.ledger.instances(rotation) : [];
  const all = records.map((record) => observed.find((o) => o.consumer.id === record.consumer.id) ?? record);
  await tell(deps, rotation, { consumers: all });
  const ending = whatEnds(deps, rotation, observed, all, instances);
  return ending ? advance(deps, rotation, ending) : rotation;
}

type Rule = (rotation: Rotation) => Rotation;

function whatEnds(
  deps: StoryDeps,
  rotation: Rotation,
  observed: readonly ServiceRecord[],
  all: readonly ConsumerRecord[],
  instances: readonly InstanceRecord[],
): Rule | undefined {
  const now = deps.clock.now();
  const { state } = rotation;
  if (state.phase === 'going-back') {
    const isNew = (record: ServiceRecord) => isYoungerThan(state.since, record);
    const trouble = troubleIn(observed, now, deps.settings.serviceLimitMs, isNew);
    if (trouble) return (current) => pause(current, trouble, false, now);
    return observed.some(isRestarting) ? undefined : (current) => endGoingBack(current, instances, now);
  }
  const trouble = troubleIn(observed, now, deps.settings.serviceLimitMs);
  const isBusy = observed.some((record) => !isSettled(record));
  if (trouble) return (current) => meetTrouble(current, trouble);
  if (isBusy || state.phase !== 'rolling') return undefined;
  return (current) => endGroup(current, state.group, all, now, instances);
}

function endGoingBack(rotation: Rotation, instances: readonly InstanceRecord[], at: number): Rotation {
  const { state } = rotation;
  if (state.phase !== 'going-back') return rotation;
  const by = state.by ? { by: state.by } : {};
  return close(rotation, {
    outcome: 'rolled-back',
    because: 'went-back',
    at,
    left: leftOnWayBack(instances),
    ...by,
  });
}

function isRestarting({ progress }: ServiceRecord): boolean {
  return progress.is === 'restarting';
}

/** At rest: nothing more will come of watching it. */
function isSettled({ verdict, progress }: ServiceRecord): boolean {
  return progress.is === 'steady' && isFinal(verdict);
}

function troubleIn(
  watched: readonly ServiceRecord[],
  now: number,
  limitMs: number,
  counts: (record: ServiceRecord) => boolean = () => true,
): Trouble | undefined {
  for (const record of watched) {
    const trouble = (counts(record) ? troubleOf(record, now) : undefined) ?? lateness(record, now, limitMs);
    if (trouble) return trouble;
  }
  return undefined;
}

/** On the way back a record keeps its trouble with the new login; only that of younger tasks is the old one's. */
function isYoungerThan(since: number, { verdict }: ServiceRecord): boolean {
  return 'trouble' in verdict && verdict.trouble.at >= since;
}

function troubleOf({ consumer, verdict, progress }: ServiceRecord, at: number): Trouble | undefined {
  const consumerId = consumer.id;
  switch (verdict.is) {
    case 'stale':
    case 'denied':
      return { cause: 'login', consumerId, pull: verdict.trouble, at };
    case 'failed':
      return { cause: 'not-the-login', consumerId, pull: verdict.trouble, at };
    case 'crashed':
      return { cause: 'not-the-login', consumerId, detail: crashText(verdict.exitCode, verdict.reason), at };
    case 'unproven': {
      const isRolledBack = progress.is === 'steady' && progress.rolledBack;
      return isRolledBack ? { cause: 'rolled-back-by-ecs', consumerId, at } : undefined;
    }
    default:
      return undefined;
  }
}

function crashText(exitCode: number | undefined, reason: string): string {
  return exitCode === undefined ? reason : `exit code ${exitCode}`;
}

/** A colleague's deployment gets four times as long: it is not ours to hurry. */
function lateness({ consumer, progress }: ServiceRecord, now: number, limitMs: number): Trouble | undefined {
  if (progress.is !== 'restarting' && progress.is !== 'waiting-for-colleague') return undefined;
  const limit = progress.is === 'restarting' ? limitMs : 4 * limitMs;
  const from = (progress.is === 'restarting' && progress.limitFrom) || progress.since;
  return now - from > limit ? { cause: 'limit', consumerId: consumer.id, at: now } : undefined;
}
