import type { Rotation, WayBackStep } from './rotation.ts';

/** One thing the workflow does next. `seconds` are of the clock. */
export type Verb =
  | { readonly do: 'check' }
  /** Waits for a click, at most this long. */
  | { readonly do: 'decide'; readonly seconds: number }
  | { readonly do: 'remind' }
  | { readonly do: 'confirm' }
  | { readonly do: 'change' }
  | { readonly do: 'settle'; readonly seconds: number }
  /** Changes hosts. */
  | { readonly do: 'apply' }
  | { readonly do: 'restart' }
  | { readonly do: 'watch' }
  | { readonly do: 'judge' }
  | { readonly do: 'pause' }
  | { readonly do: 'follow-choice' }
  | { readonly do: 'go-back' }
  | { readonly do: 'tidy' }
  | { readonly do: 'end' };

/** The story as a table: what follows from where a rotation stands. `now` in milliseconds since the epoch. */
export function nextVerb(rotation: Rotation, now: number): Verb {
  const { state } = rotation;
  switch (state.phase) {
    case 'staging':
      return { do: 'end' };
    case 'checking':
      return { do: 'check' };
    case 'cannot-start':
      return waitUntil(Math.min(state.expiresAt, state.remindAt), now);
    case 'waiting':
      return waitUntil(
        Math.min(state.expiresAt, state.remindAt, dueEmergency(state.emergencyFrom, now)),
        now,
      );
    case 'approved':
      return { do: 'confirm' };
    case 'changing':
      return { do: 'change' };
    case 'fleet':
      if (rotation.trouble) return { do: 'judge' };
      return state.stop ? { do: 'pause' } : rollOn(rotation, 'fleet', now);
    case 'rolling':
      if (rotation.trouble) return { do: 'judge' };
      return state.stop ? { do: 'pause' } : rollOn(rotation, state.step, now);
    case 'paused':
      return state.choice ? { do: 'follow-choice' } : waitUntil(state.remindAt, now);
    case 'going-back':
      return state.step === 'move' ? { do: 'go-back' } : rollOn(rotation, state.step, now);
    case 'closed':
      return { do: 'tidy' };
    default:
      return unknownPhase(state);
  }
}

/** The story of a rotation that another has replaced ends with its own message. */
export function storyOf(rotation: Rotation | undefined, now: number): Verb {
  return rotation ? nextVerb(rotation, now) : { do: 'end' };
}

function waitUntil(due: number, now: number): Verb {
  return due <= now ? { do: 'remind' } : { do: 'decide', seconds: Math.ceil((due - now) / 1000) };
}

/** The moment an emergency start is first shown; once shown it wakes nobody again. */
function dueEmergency(from: number | undefined, now: number): number {
  return from !== undefined && from > now ? from : Number.POSITIVE_INFINITY;
}

/** Nothing restarts before the moved label has settled: a read right after the move may still see the old version. */
function rollOn(rotation: Rotation, step: Exclude<WayBackStep, 'move'>, now: number): Verb {
  const settling = (rotation.settledAt ?? now) - now;
  if (settling > 0) return { do: 'settle', seconds: Math.ceil(settling / 1000) };
  return { do: step === 'fleet' ? 'apply' : step };
}

function unknownPhase(state: never): never {
  throw new TypeError(`unknown phase ${JSON.stringify(state)}`);
}
