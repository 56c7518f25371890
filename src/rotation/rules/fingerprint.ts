import { createHash } from 'node:crypto';
import type { ConsumerRecord } from './consumer.ts';
import { isHalved, isRestarted, repositoryOf } from './plan.ts';
import type { Rotation } from './rotation.ts';

/**
 * What an approval stands for: credentials with base and staged version ids, services to restart, image repositories and
 * choices. Revisions, counts, digests and instances are left out, so that everyday changes do not undo an approval.
 */
export function fingerprintOf(rotation: Rotation, records: readonly ConsumerRecord[]): string {
  const restarted = records.filter(isRestarted);
  const content = {
    credentials: rotation.credentials
      .map((c) => [c.kind, c.target, c.id, c.baseVersionId, c.stagedVersionId])
      .sort(),
    services: restarted.map(({ consumer }) => consumer.id).sort(),
    repositories: [
      ...new Set(restarted.flatMap(({ consumer }) => consumer.images.map((i) => repositoryOf(i.image)))),
    ].sort(),
    halved: restarted
      .filter(isHalved)
      .map(({ consumer }) => consumer.id)
      .sort(),
    choices: [rotation.ask.redeploy, rotation.ask.entry],
  };
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
}
