import { RotateError } from '../errors.ts';
import type { Rotation, RotationKey } from '../rotation/rules/rotation.ts';
import type { Writer } from './begin.ts';
import { readEnded } from './history.ts';
import { addMark, isWritten, type Latest, readLatest, writeLatest } from './latest.ts';

/** Far more than the clicks and steps that can meet on one record. */
const TRIES = 100;

type Changed<R> =
  | { readonly rotation: Rotation }
  | { readonly refused: R | 'not-open'; readonly rotation?: Rotation };

/**
 * Reads, applies, writes on condition that nobody wrote between, and again where someone did. Closing is a change as
 * any other: one write, which ends the record and frees the lock. A closed record stays where it is until the next
 * rotation of the registry has copied it to history, so there is nothing a crash could lose.
 * `ended`: also where it has ended, as long as no other has followed it.
 * @throws {RotateError} `record-contended`
 */
export async function changeRotation<R>(
  writer: Writer,
  key: RotationKey,
  transition: (rotation: Rotation) => { readonly rotation: Rotation } | { readonly refused: R },
  options: { readonly ended?: boolean } = {},
): Promise<Changed<R>> {
  const written: { mark: string; rotation: Rotation }[] = [];
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await readLatest(writer.store, key.registry);
    const done = written.find(({ mark }) => isWritten(before, mark));
    if (done) return { rotation: done.rotation };
    if (!before || !mayChange(before, key, options.ended ?? false)) {
      const rotation = await readEnded(writer.store, key, before);
      return { refused: 'not-open', ...(rotation && { rotation }) };
    }
    const result = transition(before.rotation);
    if ('refused' in result) return { refused: result.refused, rotation: before.rotation };

    const { registry, id, rev } = before.rotation;
    const rotation = { ...result.rotation, registry, id, rev: rev + 1 };
    const mark = writer.newMark();
    written.push({ mark, rotation });
    if (await writeLatest(writer.store, before, { ...before, rotation, marks: addMark(before, mark) })) {
      return { rotation };
    }
  }
  throw new RotateError('record-contended', { id: key.id });
}

function mayChange({ rotation }: Latest, key: RotationKey, ended: boolean): boolean {
  return rotation.id === key.id && (ended || rotation.state.phase !== 'closed');
}
