import type { InstanceRecord, InstanceSight } from './instance.ts';
import { arrangeByShare } from './shares.ts';

/** Hosts of one credential of kind `agent`, which is one cluster. */
export interface Cluster {
  readonly credentialId: string;
  /** The stage of its target; production comes last. */
  readonly stage: string;
  readonly instances: readonly InstanceSight[];
  /** Hosts of the whole cluster, where `instances` are only some. */
  readonly size?: number;
}

/**
 * Decides for every host whether and when its agent is restarted. Stages other than production come first; each begins
 * with its host of the fewest tasks alone, then a share of each of its clusters at a time. What is not ready is left.
 */
export function makeFleetPlan(clusters: readonly Cluster[], sharePercent: number): InstanceRecord[] {
  const waves = new Map<string, number>();
  let next = 0;
  for (const stage of stagesOf(clusters)) {
    const [first, ...rest] = arrangeStage(
      clusters.filter((cluster) => cluster.stage === stage),
      sharePercent,
    );
    for (const wave of first ? [first, ...rest] : []) {
      for (const { id } of wave) waves.set(id, next);
      next += 1;
    }
  }
  return clusters.flatMap((cluster) => toRecords(cluster, waves));
}

/** The plan of hosts that joined later: a share of each cluster at a time, from wave `from` on; none is first alone. */
export function planJoined(
  clusters: readonly Cluster[],
  sharePercent: number,
  from: number,
): InstanceRecord[] {
  const waves = new Map<string, number>();
  for (const [at, wave] of arrangeByShare(queuesOf(clusters, sharePercent)).entries())
    for (const { id } of wave) waves.set(id, from + at);
  return clusters.flatMap((cluster) => toRecords(cluster, waves));
}

/** Number of waves of a plan. */
export function countWaves(records: readonly InstanceRecord[]): number {
  return records.reduce(
    (n, { planned }) => (planned.action === 'change' ? Math.max(n, planned.wave + 1) : n),
    0,
  );
}

export function isPlanned({ planned }: InstanceRecord): boolean {
  return planned.action === 'change';
}

function stagesOf(clusters: readonly Cluster[]): string[] {
  const stages = [...new Set(clusters.map(({ stage }) => stage))];
  return stages.sort((a, b) => Number(a === 'production') - Number(b === 'production') || a.localeCompare(b));
}

function arrangeStage(clusters: readonly Cluster[], sharePercent: number): InstanceSight[][] {
  const [first] = clusters.flatMap(({ instances }) => instances.filter(isReady)).sort(fewestTasks);
  if (!first) return [];
  const queues = queuesOf(clusters, sharePercent).map(({ items, size }) => ({
    items: items.filter(({ id }) => id !== first.id),
    size,
  }));
  return [[first], ...arrangeByShare(queues)];
}

/** The share is of the whole cluster: hosts that are not ready may run tasks all the same. */
function queuesOf(clusters: readonly Cluster[], sharePercent: number) {
  return clusters.map(({ instances, size = instances.length }) => ({
    items: instances.filter(isReady).sort(fewestTasks),
    size: Math.min(mostOfOneCommand, Math.max(1, Math.floor((size * sharePercent) / 100))),
  }));
}

/** SendCommand takes at most 50 instance ids. */
const mostOfOneCommand = 50;

function isReady({ notReady }: InstanceSight): boolean {
  return notReady === undefined;
}

function fewestTasks(a: InstanceSight, b: InstanceSight): number {
  return a.tasks - b.tasks || a.id.localeCompare(b.id);
}

function toRecords({ credentialId, instances }: Cluster, waves: ReadonlyMap<string, number>) {
  return instances.map((instance): InstanceRecord => {
    const { id, notReady = 'unknown' } = instance;
    const wave = waves.get(id);
    return {
      credentialId,
      instance,
      planned: wave === undefined ? { action: 'leave', because: notReady } : { action: 'change', wave },
      progress: { is: 'not-started' },
    };
  });
}
