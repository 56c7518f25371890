/** How a rotation stands still, goes on and goes back: total functions, answering the record unchanged where they do not apply. */

import { hasFleet } from './fleet.ts';
import type { FleetPosition, Rotation, Trouble } from './rotation.ts';

/** Stands still until a person chooses. It never times out into an action. */
export function pause(rotation: Rotation, trouble: Trouble, canGoBack: boolean, now: number): Rotation {
  const { group, groups } = positionOf(rotation);
  const state = {
    phase: 'paused',
    canGoBack,
    since: now,
    group,
    groups,
    remindAt: now + reminders[0],
    ...(rotation.state.phase === 'going-back' ? { goingBack: rotation.state.step } : {}),
    ...fleetOf(rotation),
  } as const;
  return { ...rotation, trouble, state };
}

/** Going back was chosen and is not possible any more: it stands still anew, so that people are told. */
export function loseWayBack(rotation: Rotation, now: number): Rotation {
  const { state } = rotation;
  if (state.phase !== 'paused') return rotation;
  const { choice: _refused, ...still } = state;
  return { ...rotation, state: { ...still, canGoBack: false, since: now, remindAt: now + reminders[0] } };
}

/** The reminders of a paused rotation: after 30 minutes, after 2 hours, then daily. */
export function nextPauseReminder(since: number, now: number): number {
  const [half, two] = reminders;
  if (now < since + half) return since + half;
  if (now < since + two) return since + two;
  return now + 24 * 3_600_000;
}

const reminders = [30 * 60_000, 2 * 3_600_000] as const;

/** Back to the login that was in use: from the rollout by itself, or as a person chose. */
export function beginGoingBack(rotation: Rotation, by?: string): Rotation {
  const { phase } = rotation.state;
  if (phase !== 'rolling' && phase !== 'paused') return rotation;
  return { ...rotation, state: { phase: 'going-back', step: 'move', since: 0, ...(by ? { by } : {}) } };
}

/** The old login is in use again; hosts get it, and services that are not steady restart, once it has settled. */
export function wentBack(rotation: Rotation, settledAt: number): Rotation {
  const { state } = rotation;
  if (state.phase !== 'going-back') return rotation;
  const step = hasFleet(rotation) ? 'fleet' : 'restart';
  return { ...rotation, settledAt, state: { ...state, step, since: settledAt } };
}

/** Goes on where it stood still, forwards or back: what was in trouble there is forced anew. */
export function resume(rotation: Rotation, now: number): Rotation {
  const { state } = rotation;
  if (state.phase !== 'paused') return rotation;
  const { trouble: _solved, ...rest } = rotation;
  const { group, groups, goingBack, choice, fleet } = state;
  if (goingBack) {
    const step = goingBack === 'watch' ? 'restart' : goingBack;
    return {
      // Whose change it met at the move is known then, and holds it up no second time.
      ...(goingBack === 'move' ? rotation : rest),
      state: { phase: 'going-back', step, since: now, ...(choice ? { by: choice.by } : {}) },
    };
  }
  if (rotation.settledAt === undefined) return { ...rest, state: { phase: 'changing' } };
  if (fleet) return { ...rest, state: { phase: 'fleet', ...fleet, since: now } };
  return { ...rest, state: { phase: 'rolling', group, groups, step: 'restart', since: now } };
}

function positionOf({ state }: Rotation): { group: number; groups: number } {
  return state.phase === 'rolling' || state.phase === 'paused' ? state : { group: 0, groups: 0 };
}

function fleetOf({ state }: Rotation): { fleet?: FleetPosition } {
  if (state.phase !== 'fleet') return state.phase === 'paused' && state.fleet ? { fleet: state.fleet } : {};
  const { wave, waves, rolled } = state;
  return { fleet: { wave, waves, ...(rolled ? { rolled } : {}) } };
}
