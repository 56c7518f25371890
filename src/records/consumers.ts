import type { ConsumerRecord } from '../rotation/rules/consumer.ts';
import type { RotationKey } from '../rotation/rules/rotation.ts';
import { parseRecord } from './parse.ts';
import { consumerRecordSchema } from './schemas/consumer.ts';
import type { Item, Store } from './store.ts';
import { CONSUMER_PREFIX, consumerKey, type ItemKey, rotationPartition } from './table.ts';

export async function readConsumers(store: Store, key: RotationKey): Promise<readonly ConsumerRecord[]> {
  const items = await store.query(rotationPartition(key), CONSUMER_PREFIX);
  return items.map(({ record }) => parseRecord(consumerRecordSchema, 'consumer', record));
}

export async function writeConsumer(store: Store, key: RotationKey, record: ConsumerRecord): Promise<void> {
  await store.put(toItem(key, record));
}

/** The new ones first, then what is no longer in the plan: a reader in between sees too many rather than none. */
export async function replaceConsumers(
  store: Store,
  key: RotationKey,
  records: readonly ConsumerRecord[],
): Promise<void> {
  const kept = new Set(records.map(({ consumer }) => consumerKey(key, consumer.id).sk));
  const before: readonly ItemKey[] = await store.query(rotationPartition(key), CONSUMER_PREFIX);
  await store.write(
    records.map((record) => toItem(key, record)),
    [],
  );
  await store.write(
    [],
    before.filter(({ sk }) => !kept.has(sk)),
  );
}

function toItem(key: RotationKey, record: ConsumerRecord): Item {
  return { ...consumerKey(key, record.consumer.id), record };
}
