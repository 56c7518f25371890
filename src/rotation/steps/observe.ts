import type { Verdict } from '../rules/consumer.ts';
import type { ServiceRecord } from '../rules/plan.ts';
import type { Rotation } from '../rules/rotation.ts';
import type { ServiceSight } from '../rules/sight.ts';
import { isTrouble, judge } from '../rules/verdicts.ts';
import type { StoryDeps } from '../story-deps.ts';
import { returnHalf } from './half.ts';
import { atRest, isAtRest, isSomeoneElses, primaryOf, restartOne } from './restart.ts';

/**
 * Looks at the services once and saves what has changed; those at rest are not looked at again. Tasks are listed only
 * where counts or events moved since the last look of this step: `seen` remembers, per service, what was seen then.
 */
export async function observeGroup(
  deps: StoryDeps,
  rotation: Rotation,
  records: readonly ServiceRecord[],
  seen: Map<string, string>,
): Promise<ServiceRecord[]> {
  const open = records.filter(({ progress }) => progress.is !== 'steady');
  const sights = await deps.estate.look(open.map(({ consumer }) => consumer));
  const observed: ServiceRecord[] = [];
  for (const record of records) {
    const sight = sights.find(({ arn }) => arn === record.consumer.arn);
    const after = sight ? await observe(deps, rotation, record, sight, seen) : withoutService(record);
    if (JSON.stringify(after) !== JSON.stringify(record)) await deps.ledger.saveConsumer(rotation, after);
    observed.push(after);
  }
  return observed;
}

/** A service that is gone, or was never begun for that, has nothing left to watch; it proves nothing. */
function withoutService(record: ServiceRecord): ServiceRecord {
  const { progress } = record;
  if (progress.is === 'steady') return record;
  const deploymentId = progress.is === 'not-started' ? '' : progress.deploymentId;
  return {
    ...record,
    progress: { is: 'steady', deploymentId, running: 0, desired: 0 },
    verdict: { is: 'unproven', because: 'no-tasks' },
  };
}

async function observe(
  deps: StoryDeps,
  rotation: Rotation,
  record: ServiceRecord,
  sight: ServiceSight,
  seen: Map<string, string>,
): Promise<ServiceRecord> {
  const { progress } = record;
  const primary = primaryOf(sight);
  if (progress.is === 'waiting-for-colleague') return observeColleague(deps, rotation, record, sight, seen);
  if (!primary || progress.is !== 'restarting') return record;
  // A newer deployment than the one we followed, whoever started it, is the one that counts.
  const deploymentId = primary.createdAt >= progress.since ? primary.id : progress.deploymentId;
  const seenNow = hasMoved(sight, seen)
    ? await judgeNow(deps, record, deploymentId, progress.since)
    : record.verdict;
  // A pull on the way back is one with the old login: it proves nothing of the new one, and unsays nothing.
  const isForNew = rotation.state.phase === 'rolling' || isTrouble(seenNow);
  const verdict = isForNew ? seenNow : record.verdict;
  const { running, desired } = sight;
  const isDone = primary.id === deploymentId && isAtRest(primary, sight);
  const adopted = deploymentId === progress.deploymentId ? {} : ({ adopted: true } as const);
  if (!isDone)
    return { ...record, verdict, progress: { ...progress, ...adopted, deploymentId, running, desired } };
  return returnHalf(deps, { ...record, verdict, progress: atRest(primary, sight) });
}

/**
 * Someone else's deployment is waited for. Its tasks that start meanwhile tell as much as ours would: trouble with the
 * login is trouble at once, and where they have pulled nothing needs to be forced.
 */
async function observeColleague(
  deps: StoryDeps,
  rotation: Rotation,
  record: ServiceRecord,
  sight: ServiceSight,
  seen: Map<string, string>,
): Promise<ServiceRecord> {
  const { progress } = record;
  const primary = primaryOf(sight);
  const isSame = progress.is === 'waiting-for-colleague' && primary?.id === progress.deploymentId;
  if (!isSame) return restartOne(deps, rotation, record, sight);
  const verdict = hasMoved(sight, seen)
    ? await judgeNow(deps, record, primary.id, progress.since)
    : record.verdict;
  if (verdict.is === 'denied' || verdict.is === 'stale') return { ...record, verdict };
  if (isSomeoneElses(record, primary)) return record;
  return verdict.is === 'pulled' && isAtRest(primary, sight)
    ? { ...record, verdict, progress: atRest(primary, sight) }
    : restartOne(deps, rotation, record, sight);
}

async function judgeNow(
  deps: StoryDeps,
  { consumer }: ServiceRecord,
  deploymentId: string,
  since: number,
): Promise<Verdict> {
  const tasks = await deps.estate.tasks(consumer, since);
  return judge({ service: consumer, deploymentId, tasks }, deps.diagnose);
}

function hasMoved(sight: ServiceSight, seen: Map<string, string>): boolean {
  const counts = sight.deployments.map((d) => [d.id, d.rollout, d.running, d.pending, d.failedTasks]);
  const trace = JSON.stringify([counts, sight.running, sight.newestEvent?.id]);
  const moved = seen.get(sight.arn) !== trace;
  seen.set(sight.arn, trace);
  return moved;
}
