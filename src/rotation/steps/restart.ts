import { beginWatch } from '../rules/advance.ts';
import type { ConsumerRecord } from '../rules/consumer.ts';
import { groupOf, isHalved, isRestarted, isService, type ServiceRecord } from '../rules/plan.ts';
import type { Rotation, RotationKey } from '../rules/rotation.ts';
import type { DeploymentSight, ServiceSight } from '../rules/sight.ts';
import type { Verb } from '../rules/story.ts';
import { isTrouble } from '../rules/verdicts.ts';
import type { StoryDeps } from '../story-deps.ts';
import { advance, next } from './advance.ts';
import { borrowHalf } from './half.ts';
import { tell } from './tell.ts';

/** Forces a new deployment for every service of the group, but waits for one that somebody else has in progress. */
export async function restart(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const rotation = await deps.ledger.read(key);
  if (!rotation || next(deps, rotation).do !== 'restart') return next(deps, rotation);
  const concerned = concernedNow(rotation, await deps.ledger.consumers(key));
  for (const record of concerned.filter(isHalfway)) await borrowHalf(deps, key, record);
  const records = concerned.filter(needsRestart(rotation));
  const sights = await deps.estate.look(records.map(({ consumer }) => consumer));
  for (const record of records) {
    if (next(deps, await deps.ledger.read(key)).do !== 'restart') break;
    const sight = sights.find(({ arn }) => arn === record.consumer.arn);
    if (sight) await deps.ledger.saveConsumer(key, await restartOne(deps, rotation, record, sight));
  }
  const watched = await advance(deps, key, beginWatch);
  await tell(deps, watched);
  return next(deps, watched);
}

/**
 * Adopts the PRIMARY deployment where it is new enough, waits for one that is somebody else's, forces one otherwise.
 * After going back, a service that has come to rest is left alone: healthy tasks need no login. One that runs an old
 * copy is not healthy, whatever ECS says.
 */
export async function restartOne(
  deps: StoryDeps,
  rotation: Rotation,
  record: ServiceRecord,
  sight: ServiceSight,
): Promise<ServiceRecord> {
  const goesBack = rotation.state.phase === 'going-back';
  const primary = primaryOf(sight);
  if (goesBack && primary && isAtRest(primary, sight) && record.verdict.is !== 'stale')
    return { ...record, progress: atRest(primary, sight) };
  if (primary && primary.createdAt >= sinceOf(rotation)) {
    // It may be older than our turn: its time limit counts from now.
    return followed(rotation, record, sight, {
      deploymentId: primary.id,
      since: primary.createdAt,
      limitFrom: deps.clock.now(),
      adopted: true,
    });
  }
  if (goesBack && goesOnAlone(record, primary)) {
    const { id: deploymentId } = primary;
    const [since, limitFrom] = [sinceOf(rotation), deps.clock.now()];
    return followed(rotation, record, sight, { deploymentId, since, limitFrom, adopted: true });
  }
  if (!goesBack && isSomeoneElses(record, primary)) {
    return {
      ...record,
      progress: { is: 'waiting-for-colleague', deploymentId: primary.id, since: deps.clock.now() },
      verdict: { is: 'unproven', because: 'no-tasks' },
    };
  }
  const borrowing = goesBack ? record : await borrowHalf(deps, rotation, record);
  const { deploymentId, createdAt } = await deps.estate.restart(record.consumer);
  return followed(rotation, borrowing, sight, { deploymentId, since: createdAt });
}

/**
 * The services the present phase is about: the group of the rollout, or when going back what has not come to rest and
 * was not left to its owner.
 */
export function concernedNow(rotation: Rotation, records: readonly ConsumerRecord[]): ServiceRecord[] {
  if (rotation.state.phase === 'rolling') return groupOf(records, rotation.state.group);
  return records
    .filter(isService)
    .filter((record) => record.progress.is === 'restarting' && isRestarted(record));
}

/** COMPLETED says the counts are right and the old tasks are gone: at rest, and no proof of anything. */
export function isAtRest(primary: DeploymentSight, sight: ServiceSight): boolean {
  if (primary.rollout !== 'UNKNOWN') return primary.rollout === 'COMPLETED';
  return sight.deployments.length === 1 && sight.running === sight.desired && sight.pending === 0;
}

/** Progress of a service at rest. */
export function atRest(primary: DeploymentSight, sight: ServiceSight): ConsumerRecord['progress'] {
  const { running, desired, rolledBack } = sight;
  return { is: 'steady', deploymentId: primary.id, running, desired, ...(rolledBack ? { rolledBack } : {}) };
}

export function primaryOf(sight: ServiceSight): DeploymentSight | undefined {
  return sight.deployments.find(({ status }) => status === 'PRIMARY');
}

/**
 * In progress, older than the new login, and not started by us: it would not prove it, and is not to be disturbed. One
 * that the login in use has held up is: ECS tries it again ever later, up to 27 minutes, and a forced one, which rolls
 * out the same task definition, at once.
 */
export function isSomeoneElses(
  record: ServiceRecord,
  primary: DeploymentSight | undefined,
): primary is DeploymentSight {
  const ours = record.progress.is === 'restarting' ? record.progress.deploymentId : undefined;
  if (primary === undefined || primary.rollout !== 'IN_PROGRESS' || primary.id === ours) return false;
  return !(record.consumer.failingNow && primary.failedTasks > 0);
}

/** Somebody else's, in progress and in no trouble: on the way back it pulls with the old login from now on. */
function goesOnAlone(
  { progress, verdict }: ServiceRecord,
  primary: DeploymentSight | undefined,
): primary is DeploymentSight {
  if (primary?.rollout !== 'IN_PROGRESS' || primary.failedTasks > 0 || isTrouble(verdict)) return false;
  return progress.is === 'restarting' && (progress.adopted === true || progress.deploymentId !== primary.id);
}

/** Evidence of the new login begins anew; on the way back what is known of it stays. */
function followed(
  rotation: Rotation,
  record: ServiceRecord,
  { running, desired }: ServiceSight,
  deployment: Pick<Restarting, 'deploymentId' | 'since' | 'limitFrom' | 'adopted'>,
): ServiceRecord {
  const progress = { is: 'restarting', ...deployment, running, desired } as const;
  const unproven = { is: 'unproven', because: 'no-tasks' } as const;
  return { ...record, progress, verdict: rotation.state.phase === 'going-back' ? record.verdict : unproven };
}

type Restarting = Extract<ConsumerRecord['progress'], { is: 'restarting' }>;

/** It stood still while it ran at half, and got its settings back meanwhile: without them it would not go on. */
function isHalfway(record: ServiceRecord): boolean {
  return isHalved(record) && record.progress.is === 'restarting' && record.borrowed === undefined;
}

/** On the first round all of the group; when it is tried again, only what is in trouble or was never begun. */
function needsRestart(rotation: Rotation): (record: ServiceRecord) => boolean {
  if (rotation.state.phase === 'going-back') return () => true;
  return ({ progress, verdict }) =>
    isTrouble(verdict) || progress.is === 'not-started' || progress.is === 'waiting-for-colleague';
}

function sinceOf({ state }: Rotation): number {
  return state.phase === 'rolling' || state.phase === 'going-back' ? state.since : 0;
}
