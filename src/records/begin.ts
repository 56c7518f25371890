import { RotateError } from '../errors.ts';
import type { Ledger } from '../rotation/ports.ts';
import type { Rotation } from '../rotation/rules/rotation.ts';
import { copyToHistory } from './history.ts';
import { addMark, isWritten, type Latest, readLatest, writeLatest } from './latest.ts';
import type { Store } from './store.ts';

type Begin = ReturnType<Ledger['begin']>;
type Replaces = Parameters<Ledger['begin']>[1];

export interface Writer {
  readonly store: Store;
  now(): number;
  /** A new mark for a write, unique for ever. */
  newMark(): string;
}

/** Far more than can ask for one registry at once; each lost race means that someone else won it. */
const TRIES = 100;

/**
 * Takes the lock by writing the record: one conditional write against what was just read.
 * @throws {RotateError} `record-contended`
 */
export async function beginRotation(writer: Writer, rotation: Rotation, replaces: Replaces): Begin {
  const mark = writer.newMark();
  for (let tries = 0; tries < TRIES; tries += 1) {
    const before = await readLatest(writer.store, rotation.registry);
    if (isWritten(before, mark)) return { begun: true };
    const takesOver = isNamed(before, replaces);
    if (before && !takesOver && isHeld(before.rotation, writer.now())) {
      return { begun: false, heldBy: before.rotation };
    }
    // Before the write: afterwards nothing would remember them. Copies of ended records never differ.
    if (before) await copyToHistory(writer.store, before);
    const after: Latest = {
      rotation,
      ...(takesOver && replaces && { replaced: replaces.ended }),
      marks: addMark(before, mark),
    };
    if (await writeLatest(writer.store, before, after)) return { begun: true };
  }
  throw new RotateError('record-contended', { id: rotation.id });
}

/** A staging record past its lease was never stored completely and blocks nobody. */
function isHeld({ state }: Rotation, now: number): boolean {
  if (state.phase === 'closed') return false;
  return state.phase !== 'staging' || state.leaseUntil > now;
}

function isNamed(before: Latest | undefined, replaces: Replaces): boolean {
  if (!before || !replaces || before.rotation.state.phase === 'closed') return false;
  return before.rotation.id === replaces.ended.id && before.rotation.rev === replaces.rev;
}
