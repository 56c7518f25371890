import type { Rotation, RotationKey } from '../rules/rotation.ts';
import { nextPauseReminder } from '../rules/standing-still.ts';
import type { Verb } from '../rules/story.ts';
import { expire } from '../rules/transitions.ts';
import type { StoryDeps } from '../story-deps.ts';
import { advance, next } from './advance.ts';
import { returnAll } from './half.ts';
import { recount } from './recount.ts';
import { reply, tell } from './tell.ts';

/** Reads where the rotation stands, and shows it. */
export async function look(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const rotation = await deps.ledger.read(key);
  await tell(deps, rotation);
  return next(deps, rotation);
}

/**
 * Notes the callback a click rings. A click that came before the callback was known rang nothing, so where the rotation
 * no longer waits, this rings itself.
 */
export async function listen(deps: StoryDeps, key: RotationKey, callbackId: string): Promise<void> {
  const rotation = await advance(deps, key, (current) => withCallback(current, callbackId));
  await returnAll(deps, key);
  if (next(deps, rotation).do !== 'decide') await deps.executions.ring(callbackId);
  // Whatever is waited for has been told, also where the step that wrote it was cut off before it could.
  await tell(deps, rotation, { final: true });
}

/** The time is up, or a reminder is due, or a start without approval may be offered from now on. */
export async function remind(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const now = deps.clock.now();
  const before = await deps.ledger.read(key);
  const rotation = await advance(deps, key, (current) => {
    const expired = expire(current, now);
    return 'rotation' in expired ? expired.rotation : withNextReminder(current, now, deps.settings.remindMs);
  });
  if (rotation?.state.phase === 'paused') await recount(deps, key);
  await tell(deps, rotation, { final: true });
  if (before && rotation && isReminded(before, rotation))
    await reply(deps, rotation, 'reminder', `reminder-${now}`);
  return next(deps, rotation);
}

function withCallback(rotation: Rotation, callbackId: string): Rotation {
  const { state } = rotation;
  if (state.phase !== 'waiting' && state.phase !== 'cannot-start' && state.phase !== 'paused')
    return rotation;
  if (state.phase === 'paused' && state.choice) return rotation;
  return { ...rotation, state: { ...state, callbackId } };
}

function withNextReminder(rotation: Rotation, now: number, remindMs: number): Rotation {
  const { state } = rotation;
  switch (state.phase) {
    case 'waiting':
    case 'cannot-start':
      return state.remindAt > now ? rotation : { ...rotation, state: { ...state, remindAt: now + remindMs } };
    case 'paused':
      return state.remindAt > now
        ? rotation
        : { ...rotation, state: { ...state, remindAt: nextPauseReminder(state.since, now) } };
    default:
      return rotation;
  }
}

function isReminded(before: Rotation, after: Rotation): boolean {
  return (
    'remindAt' in before.state && 'remindAt' in after.state && before.state.remindAt !== after.state.remindAt
  );
}
