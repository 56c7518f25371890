import type { Rotation } from './rotation.ts';

/** What is answered in the thread: kinds as the announcer renders them. */
export type DueReply = 'failure' | 'paused' | 'went-back' | 'ended' | 'asked-again' | 'emergency';

/**
 * The reply that where it stands calls for; it is sent once per name. Derived from the record, so that a step that was
 * cut off after it had written where it stands still tells people.
 */
export function replyDue(rotation: Rotation, now: number): { kind: DueReply; name: string } | undefined {
  const { state, trouble } = rotation;
  switch (state.phase) {
    case 'waiting':
      return state.emergencyFrom !== undefined && state.emergencyFrom <= now
        ? { kind: 'emergency', name: `emergency-offered-${state.round}` }
        : { kind: 'asked-again', name: `asked-${state.round}-${state.expiresAt}` };
    case 'approved':
    case 'changing':
    case 'fleet':
    case 'rolling':
      return rotation.unreviewed ? { kind: 'emergency', name: 'emergency-started' } : undefined;
    case 'paused':
      return { kind: trouble?.cause === 'login' ? 'failure' : 'paused', name: `paused-${state.since}` };
    case 'going-back': {
      if (state.step === 'move' || state.step === 'fleet') return undefined;
      // A person who chose to go back has read of the failure already.
      const kind = trouble?.cause === 'login' && !state.by ? 'failure' : 'went-back';
      return { kind, name: `back-${state.since}` };
    }
    case 'closed':
      return state.because === 'replaced' ? undefined : { kind: 'ended', name: 'ended' };
    default:
      return undefined;
  }
}
