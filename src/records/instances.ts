import type { InstanceRecord } from '../rotation/rules/instance.ts';
import type { RotationKey } from '../rotation/rules/rotation.ts';
import { parseRecord } from './parse.ts';
import { instanceRecordSchema } from './schemas/instance.ts';
import type { Item, Store } from './store.ts';
import { INSTANCE_PREFIX, instanceKey, rotationPartition } from './table.ts';

export async function readInstances(store: Store, key: RotationKey): Promise<readonly InstanceRecord[]> {
  const items = await store.query(rotationPartition(key), INSTANCE_PREFIX);
  return items.map(({ record }) => parseRecord(instanceRecordSchema, 'instance', record));
}

export async function writeInstance(store: Store, key: RotationKey, record: InstanceRecord): Promise<void> {
  await store.put(toItem(key, record));
}

/** As `replaceConsumers`: the new ones first, then what is no longer in the plan. */
export async function replaceInstances(
  store: Store,
  key: RotationKey,
  records: readonly InstanceRecord[],
): Promise<void> {
  const items = records.map((record) => toItem(key, record));
  const kept = new Set(items.map(({ sk }) => sk));
  const before = await store.query(rotationPartition(key), INSTANCE_PREFIX);
  await store.write(items, []);
  await store.write(
    [],
    before.filter(({ sk }) => !kept.has(sk)),
  );
}

function toItem(key: RotationKey, record: InstanceRecord): Item {
  return { ...instanceKey(key, record.instance.id), record };
}
