import type { Fleet } from '../ports.ts';
import { fleetsOf, isAway } from '../rules/fleet.ts';
import { type Cluster, countWaves, isPlanned, planJoined } from '../rules/fleet-plan.ts';
import type { InstanceRecord, InstanceSight } from '../rules/instance.ts';
import type { Rotation, RotationKey } from '../rules/rotation.ts';
import type { StoryDeps } from '../story-deps.ts';
import { audit } from './check.ts';

/**
 * Lists the hosts once more. Those that joined meanwhile, and those that were away and are back, are planned in waves of
 * their own, or left where they are not ready; those that have left the cluster are no longer waited for. Answers all
 * records as they now are; what it wrote a repeat finds and does not plan again.
 */
export async function findJoined(
  deps: StoryDeps,
  fleet: Fleet,
  rotation: Rotation,
  records: readonly InstanceRecord[],
): Promise<InstanceRecord[]> {
  const clusters: Cluster[] = [];
  const gone: InstanceRecord[] = [];
  for (const credential of fleetsOf(rotation)) {
    const own = records.filter(({ credentialId }) => credentialId === credential.id);
    const sights = await fleet.look(credential);
    gone.push(...own.filter((record) => hasGone(record, sights)));
    const asked = sights.filter((sight) => isNew(sight, own));
    if (asked.length === 0) continue;
    const instances = await fleet.dryRun(credential, credential.stagedVersionId, {
      instances: asked,
      until: deps.clock.now() + deps.settings.watchMs,
    });
    clusters.push({ credentialId: credential.id, stage: '', instances, size: sights.length });
  }
  const joined = planJoined(clusters, deps.settings.groupPercent, countWaves(records));
  const changed = [...joined, ...gone.map((record) => ({ ...record, progress: { is: 'gone' } as const }))];
  await save(deps, rotation, changed);
  if (joined.some(isPlanned)) await audit(deps, rotation, 'hosts-joined');
  const ids = new Set(changed.map(({ instance }) => instance.id));
  return [...records.filter(({ instance }) => !ids.has(instance.id)), ...changed];
}

function hasGone({ instance, progress }: InstanceRecord, sights: readonly InstanceSight[]): boolean {
  return progress.is !== 'gone' && !sights.some(({ id }) => id === instance.id);
}

function isNew(sight: InstanceSight, own: readonly InstanceRecord[]): boolean {
  const known = own.find(({ instance }) => instance.id === sight.id);
  return known ? isAway(known) && sight.notReady === undefined : true;
}

/** One that is left again for the same reason is written again: reasons may change. */
async function save(deps: StoryDeps, key: RotationKey, records: readonly InstanceRecord[]): Promise<void> {
  for (const record of records) await deps.ledger.saveInstance(key, record);
}
