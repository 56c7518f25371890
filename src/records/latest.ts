import type { Rotation } from '../rotation/rules/rotation.ts';
import { parseRecord } from './parse.ts';
import { rotationSchema } from './schemas/rotation.ts';
import type { Condition, Item, Store } from './store.ts';
import { latestKey } from './table.ts';

/**
 * The one item of a registry host that is lock and record in one: its latest rotation, and for a take-over the ended
 * record of the one before, so that both are written at once. `history` copies them before anything overwrites them.
 */
export interface Latest {
  readonly rotation: Rotation;
  readonly replaced?: Rotation;
  /** Marks of the last writes, newest first. */
  readonly marks: readonly string[];
}

const MARKS_KEPT = 8;

export async function readLatest(store: Store, registry: string): Promise<Latest | undefined> {
  const item = await store.get(latestKey(registry));
  return item && toLatest(item);
}

/**
 * Writes on condition that the item still is as it was read (`before`), under a mark of this write's own. False where
 * someone wrote between. The SDK repeats a write whose answer was lost and then meets its own: see `isWritten`.
 */
export function writeLatest(store: Store, before: Latest | undefined, after: Latest): Promise<boolean> {
  const { rotation, replaced, marks } = after;
  const item = {
    ...latestKey(rotation.registry),
    id: rotation.id,
    rev: rotation.rev,
    ...(isUnfinished(rotation) && { open: 'yes' }),
    record: rotation,
    ...(replaced && { replaced }),
    marks,
  };
  return store.put(item, asRead(before));
}

/** Open, or ended and not tidied up: the index holds it for the keeper. */
export function isUnfinished({ state, tidied }: Rotation): boolean {
  return state.phase !== 'closed' || tidied !== true;
}

/** The marks after one more write. */
export function addMark(before: Latest | undefined, mark: string): readonly string[] {
  return [mark, ...(before?.marks ?? [])].slice(0, MARKS_KEPT);
}

/** Whether the write with this mark has been made, whatever its caller was told. */
export function isWritten(latest: Latest | undefined, mark: string): boolean {
  return latest?.marks.includes(mark) ?? false;
}

function asRead(before: Latest | undefined): Condition {
  if (!before) return { expression: 'attribute_not_exists(pk)' };
  return {
    expression: '#id = :id AND #rev = :rev',
    names: { '#id': 'id', '#rev': 'rev' },
    values: { ':id': before.rotation.id, ':rev': before.rotation.rev },
  };
}

function toLatest(item: Item): Latest {
  const marks = Array.isArray(item.marks) ? item.marks.filter((mark) => typeof mark === 'string') : [];
  return {
    rotation: parseRecord(rotationSchema, 'rotation', item.record),
    ...(item.replaced !== undefined && {
      replaced: parseRecord(rotationSchema, 'rotation', item.replaced),
    }),
    marks,
  };
}
