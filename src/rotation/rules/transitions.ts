/**
 * Every way a person or the clock changes a rotation, as total functions: a new record, or a refusal that says why.
 * The record is the truth; a click is one conditional write of what these answer.
 */
import type { PausedChoice, Rotation, RotationState } from './rotation.ts';

export type Transition<R> = { readonly rotation: Rotation } | { readonly refused: R };

/** Who clicked, and when (ms). */
export interface Click {
  readonly by: string;
  readonly at: number;
}

export type ApprovalRefusal = 'not-waiting' | 'expired' | 'other-plan' | 'already-counted';

/** Counts one approval of the plan with this fingerprint; the last one needed moves on to `approved`. */
export function approve(
  rotation: Rotation,
  click: Click & { fingerprint: string },
): Transition<ApprovalRefusal> {
  const { state } = rotation;
  if (state.phase !== 'waiting') return { refused: 'not-waiting' };
  if (click.at >= state.expiresAt) return { refused: 'expired' };
  if (click.fingerprint !== state.fingerprint) return { refused: 'other-plan' };
  if (rotation.approvals.some((approval) => approval.by === click.by)) return { refused: 'already-counted' };
  const approvals = [...rotation.approvals, { by: click.by, at: click.at }];
  const enough = approvals.length >= state.needed;
  return {
    rotation: {
      ...rotation,
      approvals,
      state: enough ? { phase: 'approved', fingerprint: state.fingerprint, round: state.round } : state,
    },
  };
}

/** Starts without approval where that is offered; redeploys only what fails and stays marked until reviewed. */
export function startInEmergency(
  rotation: Rotation,
  click: Click & { reason: string },
): Transition<'not-waiting' | 'expired' | 'not-offered'> {
  const { state } = rotation;
  if (state.phase !== 'waiting') return { refused: 'not-waiting' };
  if (click.at >= state.expiresAt) return { refused: 'expired' };
  if (state.emergencyFrom === undefined || click.at < state.emergencyFrom) return { refused: 'not-offered' };
  return {
    rotation: {
      ...rotation,
      ask: { ...rotation.ask, redeploy: 'failing' },
      unreviewed: true,
      approvals: [...rotation.approvals, { by: click.by, at: click.at, emergency: click.reason }],
      state: { phase: 'approved', fingerprint: state.fingerprint, round: state.round },
    },
  };
}

export function deny(
  rotation: Rotation,
  click: Click & { note?: string },
): Transition<'not-waiting' | 'expired'> {
  const { state } = rotation;
  if (state.phase !== 'waiting') return { refused: 'not-waiting' };
  if (click.at >= state.expiresAt) return { refused: 'expired' };
  return {
    rotation: close(rotation, {
      outcome: 'refused',
      because: 'denied',
      by: click.by,
      note: click.note,
      at: click.at,
    }),
  };
}

/** Withdraws a request that nobody approved. */
export function cancel(rotation: Rotation, click: Click): Transition<'too-late'> {
  if (!isUnapproved(rotation)) return { refused: 'too-late' };
  return {
    rotation: close(rotation, { outcome: 'cancelled', because: 'cancelled', by: click.by, at: click.at }),
  };
}

/** Runs the checks again; nothing is typed again. */
export function checkAgain(rotation: Rotation, click: Click): Transition<'not-waiting'> {
  const { phase } = rotation.state;
  if (phase !== 'cannot-start' && phase !== 'waiting') return { refused: 'not-waiting' };
  // What went wrong before is not to be judged again in the rollout.
  const { trouble: _past, ...rest } = rotation;
  return { rotation: { ...rest, approvals: [], state: { phase: 'checking', since: click.at, round: 1 } } };
}

/** Ends a request whose time has run out. Expired means not run. */
export function expire(rotation: Rotation, at: number): Transition<'not-due'> {
  const { state } = rotation;
  const due = (state.phase === 'waiting' || state.phase === 'cannot-start') && at >= state.expiresAt;
  return due
    ? { rotation: close(rotation, { outcome: 'expired', because: 'expired', at }) }
    : { refused: 'not-due' };
}

/** The record of an unapproved request as it goes to history when another takes its place. */
export function replace(rotation: Rotation, click: Click): Transition<'approved'> {
  if (!mayBeReplaced(rotation)) return { refused: 'approved' };
  return {
    rotation: close(rotation, { outcome: 'cancelled', because: 'replaced', by: click.by, at: click.at }),
  };
}

/** Asks a rollout to stop. It is read before every step and in every poll; the call in flight ends. */
export function stop(rotation: Rotation, click: Click): Transition<'not-rolling' | 'already-stopped'> {
  const { state } = rotation;
  if (state.phase !== 'rolling' && state.phase !== 'fleet') return { refused: 'not-rolling' };
  if (state.stop) return { refused: 'already-stopped' };
  return { rotation: { ...rotation, state: { ...state, stop: { by: click.by, at: click.at } } } };
}

/** What a person chose on the paused screen. The first choice counts. */
export function choose(
  rotation: Rotation,
  click: Click & { does: PausedChoice },
): Transition<'not-paused' | 'already-chosen' | 'cannot-go-back'> {
  const { state } = rotation;
  if (state.phase !== 'paused') return { refused: 'not-paused' };
  if (state.choice) return { refused: 'already-chosen' };
  if (click.does === 'go-back' && !state.canGoBack) return { refused: 'cannot-go-back' };
  return {
    rotation: { ...rotation, state: { ...state, choice: { does: click.does, by: click.by, at: click.at } } },
  };
}

/**
 * Marks an emergency start as reviewed, after its end as well. A fresh execution then shows it: the one that drove the
 * rotation is over.
 */
export function review(rotation: Rotation): Transition<'nothing-to-review'> {
  if (!rotation.unreviewed) return { refused: 'nothing-to-review' };
  const generation = isOpen(rotation) ? rotation.generation : rotation.generation + 1;
  return { rotation: { ...rotation, generation, unreviewed: false } };
}

/** Whether nothing has been approved yet: the login in use is untouched and the request may be withdrawn. */
export function isUnapproved(rotation: Rotation): boolean {
  return ['staging', 'checking', 'cannot-start', 'waiting'].includes(rotation.state.phase);
}

/** An unapproved request never blocks another; a paused one may be succeeded by another login. */
export function mayBeReplaced(rotation: Rotation): boolean {
  return isUnapproved(rotation) || rotation.state.phase === 'paused';
}

/** Whether it keeps others from beginning. A staging record past its lease was never stored, and blocks nobody. */
export function holdsLock(rotation: Rotation, now: number): boolean {
  return isOpen(rotation) && (rotation.state.phase !== 'staging' || rotation.state.leaseUntil > now);
}

export function isOpen(rotation: Rotation): boolean {
  return rotation.state.phase !== 'closed';
}

type Ending = Omit<Extract<RotationState, { phase: 'closed' }>, 'phase' | 'left'> &
  Partial<Pick<Extract<RotationState, { phase: 'closed' }>, 'left'>>;

/** The closed record: lock and rotation are one item, so this write is also the release. */
export function close(rotation: Rotation, ending: Ending): Rotation {
  return { ...rotation, state: { phase: 'closed', left: [], ...ending } };
}
