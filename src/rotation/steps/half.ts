import type { ConsumerRecord } from '../rules/consumer.ts';
import { isService, type ServiceRecord } from '../rules/plan.ts';
import type { RotationKey } from '../rules/rotation.ts';
import type { StoryDeps } from '../story-deps.ts';

/**
 * A service that could not roll otherwise runs at half while it restarts, where that was ticked and approved. Its own
 * settings are written down first: whatever is cut off after that, they can be given back.
 */
export async function borrowHalf(
  deps: StoryDeps,
  key: RotationKey,
  record: ServiceRecord,
): Promise<ServiceRecord> {
  if (record.planned.action !== 'restart' || !record.planned.halve) return record;
  const settings = record.borrowed ?? (await deps.estate.readSettings(record.consumer));
  const borrowing = { ...record, borrowed: settings };
  await deps.ledger.saveConsumer(key, borrowing);
  await deps.estate.halve(record.consumer, settings);
  return borrowing;
}

/** Gives a service its own settings back, once; the record forgets them. */
export async function returnHalf<R extends ConsumerRecord>(deps: StoryDeps, record: R): Promise<R> {
  if (record.borrowed === undefined || !isService(record)) return record;
  await deps.estate.giveBack(record.consumer, record.borrowed);
  const { borrowed: _returned, ...rest } = record;
  // Without `borrowed` it is the same kind of record.
  return rest as R;
}

/** Gives every service its settings back: before a rotation stands still or ends, nothing of ours may stay. */
export async function returnAll(deps: StoryDeps, key: RotationKey): Promise<void> {
  for (const record of await deps.ledger.consumers(key)) {
    if (record.borrowed === undefined) continue;
    await deps.ledger.saveConsumer(key, await returnHalf(deps, record));
  }
}
