import { pause } from '../rules/advance.ts';
import type { Rotation, RotationKey, Trouble } from '../rules/rotation.ts';
import type { Verb } from '../rules/story.ts';
import { isUnapproved } from '../rules/transitions.ts';
import type { StoryDeps } from '../story-deps.ts';
import type { RotationInput } from '../workflow.ts';
import { advance, next } from './advance.ts';
import { audit, termsOf } from './check.ts';
import { reply, tell } from './tell.ts';

/** After the end: our labels come off, and the message says how it ended. A stored login that failed stays to be tried again. */
export async function tidy(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const rotation = await deps.ledger.read(key);
  if (rotation?.state.phase !== 'closed') return next(deps, rotation);
  const keepPending = rotation.state.outcome === 'rolled-back';
  for (const credential of rotation.credentials)
    await deps.credentials.removeLabels(credential, { keepPending });
  await audit(deps, rotation, `closed-${rotation.state.outcome}`, rotation.state.by);
  await tell(deps, rotation, { final: true });
  if (isWorthAReply(rotation)) await reply(deps, rotation, 'ended', 'ended');
  return { do: 'end' };
}

/** An action failed for good: stands still, changes nothing, and shows the reference of the error in the log. */
export async function stumble(deps: StoryDeps, key: RotationKey, reason: string): Promise<Verb> {
  const now = deps.clock.now();
  const trouble: Trouble = { cause: 'unexpected', reference: reason.slice(0, 300), at: now };
  const rotation = await advance(deps, key, (current) => standStill(deps, current, trouble));
  await audit(deps, rotation, 'stumbled');
  await tell(deps, rotation, { final: true });
  await reply(deps, rotation, 'paused', `stumble-${now}`);
  return next(deps, rotation);
}

/** The next execution goes on from the record. */
export async function handOver(deps: StoryDeps, input: RotationInput): Promise<void> {
  const generation = input.generation + 1;
  const rotation = await advance(deps, input, (current) =>
    current.generation >= generation ? current : { ...current, generation },
  );
  if (rotation) await deps.executions.start(input, generation);
}

function standStill(deps: StoryDeps, rotation: Rotation, trouble: Trouble): Rotation {
  if (rotation.state.phase === 'closed' || rotation.state.phase === 'paused') return rotation;
  if (!isUnapproved(rotation)) return pause(rotation, trouble, false, trouble.at);
  const { approvalMs, remindMs, now } = termsOf(deps, rotation);
  const state = { phase: 'cannot-start', expiresAt: now + approvalMs, remindAt: now + remindMs } as const;
  return { ...rotation, trouble, state };
}

/** What nobody waits for is told by the edited message alone. */
function isWorthAReply(rotation: Rotation): boolean {
  return rotation.state.phase === 'closed' && rotation.state.because !== 'replaced';
}
