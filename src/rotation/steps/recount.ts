import { isService, type ServiceRecord } from '../rules/plan.ts';
import type { RotationKey } from '../rules/rotation.ts';
import type { ServiceSight } from '../rules/sight.ts';
import type { StoryDeps } from '../story-deps.ts';

/**
 * How many tasks every service runs now: while it stands still nobody looks, and what a reminder says of them may be
 * days old. Where AWS cannot be asked the reminder comes all the same.
 */
export async function recount(deps: Pick<StoryDeps, 'estate' | 'ledger'>, key: RotationKey): Promise<void> {
  const records = (await deps.ledger.consumers(key)).filter(isService);
  const sights = await deps.estate.look(records.map(({ consumer }) => consumer)).catch(() => []);
  for (const record of records) {
    const sight = sights.find(({ arn }) => arn === record.consumer.arn);
    const now = sight ? withCounts(record, sight) : record;
    if (JSON.stringify(now) !== JSON.stringify(record)) await deps.ledger.saveConsumer(key, now);
  }
}

function withCounts(record: ServiceRecord, { running, desired }: ServiceSight): ServiceRecord {
  const { consumer, progress } = record;
  if (progress.is === 'restarting' || progress.is === 'steady')
    return { ...record, progress: { ...progress, running, desired } };
  return { ...record, consumer: { ...consumer, running, desired } };
}
