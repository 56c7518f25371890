import type { Writer } from './begin.ts';
import { onceKey, TTL_ATTRIBUTE } from './table.ts';

const WEEK_S = 7 * 24 * 60 * 60;

/**
 * True for the first caller with this name. An expired marker may still be there and counts as gone; one of this very
 * call, written by an attempt whose answer was lost, is ours.
 */
export async function writeOnce(writer: Writer, name: string): Promise<boolean> {
  const mark = writer.newMark();
  const seconds = Math.floor(writer.now() / 1000);
  const item = { ...onceKey(name), mark, [TTL_ATTRIBUTE]: seconds + WEEK_S };
  const isFirst = await writer.store.put(item, {
    expression: 'attribute_not_exists(pk) OR #ttl <= :now',
    names: { '#ttl': TTL_ATTRIBUTE },
    values: { ':now': seconds },
  });
  if (isFirst) return true;
  const there = await writer.store.get(onceKey(name));
  return there?.mark === mark;
}

/** The marker is left expired: no function may delete items, and an expired one counts as gone. */
export async function takeBackOnce(writer: Writer, name: string): Promise<void> {
  await writer.store.put({ ...onceKey(name), mark: writer.newMark(), [TTL_ATTRIBUTE]: 0 });
}
