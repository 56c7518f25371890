import type { Rotation, RotationKey } from '../rotation/rules/rotation.ts';
import { type Latest, readLatest } from './latest.ts';
import { parseRecord } from './parse.ts';
import { rotationSchema } from './schemas/rotation.ts';
import type { Store } from './store.ts';
import { historyKey } from './table.ts';

/** Copies what ended out of an item that is about to be overwritten. Idempotent: ended records do not change. */
export async function copyToHistory(store: Store, latest: Latest): Promise<void> {
  for (const rotation of endedIn(latest)) await store.put({ ...historyKey(rotation), record: rotation });
}

/** The rotation, where it is not the open one: in the item just read, or in history. */
export async function readEnded(
  store: Store,
  key: RotationKey,
  latest: Latest | undefined,
): Promise<Rotation | undefined> {
  const here = endedIn(latest).find(({ id }) => id === key.id);
  if (here) return here;
  const item = await store.get(historyKey(key));
  return item && parseRecord(rotationSchema, 'rotation', item.record);
}

/**
 * Ended rotations, newest first. Read whole and sorted here: a registry has a few rotations a year, and their ids,
 * which people read aloud, do not sort by time.
 */
export async function readHistory(
  store: Store,
  registry: string,
  limit: number,
): Promise<readonly Rotation[]> {
  // First the latest: what a new rotation overwrites between the two reads is in history by then.
  const latest = await readLatest(store, registry);
  const items = await store.query(historyKey({ registry, id: '' }).pk);
  const found = new Map<string, Rotation>();
  for (const { record } of items) {
    const rotation = parseRecord(rotationSchema, 'rotation', record);
    found.set(rotation.id, rotation);
  }
  for (const rotation of endedIn(latest)) found.set(rotation.id, rotation);
  return [...found.values()].sort((one, other) => endOf(other) - endOf(one)).slice(0, limit);
}

function endedIn(latest: Latest | undefined): readonly Rotation[] {
  if (!latest) return [];
  const { rotation, replaced } = latest;
  return [replaced, rotation]
    .filter((one) => one !== undefined)
    .filter(({ state }) => state.phase === 'closed');
}

function endOf({ state, ask }: Rotation): number {
  return state.phase === 'closed' ? state.at : ask.at;
}
