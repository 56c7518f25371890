import { withoutApprovals } from '../rules/advance.ts';
import type { Rotation, RotationKey, Trouble } from '../rules/rotation.ts';
import { pause } from '../rules/standing-still.ts';
import type { Verb } from '../rules/story.ts';
import { isUnapproved } from '../rules/transitions.ts';
import type { StoryDeps } from '../story-deps.ts';
import type { RotationInput } from '../workflow.ts';
import { advance, next } from './advance.ts';
import { audit, termsOf } from './check.ts';
import { returnAll } from './half.ts';
import { tell } from './tell.ts';
import { oldLoginWorks } from './way-back.ts';

/**
 * After the end: our labels come off, and the message says how it ended. A stored login that failed stays to be tried
 * again. Where Slack is down the message would be wrong for ever: it is shown again later, for a day.
 */
export async function tidy(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const rotation = await deps.ledger.read(key);
  if (rotation?.state.phase !== 'closed') return next(deps, rotation);
  await returnAll(deps, key);
  const keepPending = rotation.state.outcome === 'rolled-back';
  for (const credential of rotation.credentials)
    await deps.credentials.removeLabels(credential, { keepPending });
  const isShown = await tell(deps, rotation, { final: true });
  const since = deps.clock.now() - rotation.state.at;
  if (!isShown && since < day) return { do: 'settle', seconds: showAgainIn(since) };
  await audit(deps, rotation, `closed-${rotation.state.outcome}`, rotation.state.by);
  await markTidied(deps, key);
  return { do: 'end' };
}

/** The keeper need not look after it any more. One that another has followed is in history, and looked after by nobody. */
export async function markTidied(deps: Pick<StoryDeps, 'ledger'>, key: RotationKey): Promise<void> {
  await deps.ledger.change<never>(key, (rotation) => ({ rotation: { ...rotation, tidied: true } }), {
    ended: true,
  });
}

const day = 24 * 3_600_000;

/** Seconds: soon at first, then once as long as it has taken so far, hourly at most. */
function showAgainIn(sinceMs: number): number {
  return Math.ceil(Math.min(3_600_000, Math.max(60_000, sinceMs)) / 1000);
}

/**
 * An action failed for good: stands still, changes nothing, and shows the reference of the error in the log. What has
 * ended stays so, and the keeper has it tidied up by a fresh execution.
 */
export async function stumble(deps: StoryDeps, key: RotationKey, reason: string): Promise<Verb> {
  const now = deps.clock.now();
  const trouble: Trouble = { cause: 'unexpected', reference: reason.slice(0, 300), at: now };
  const before = await deps.ledger.read(key);
  const canGoBack = before ? await oldLoginWorks(deps, before).catch(() => false) : false;
  const rotation = await advance(deps, key, (current) => standStill(deps, current, trouble, canGoBack));
  await audit(deps, rotation, 'stumbled');
  await tell(deps, rotation, { final: true });
  return rotation?.state.phase === 'closed' ? { do: 'end' } : next(deps, rotation);
}

/** The next execution goes on from the record. */
export async function handOver(deps: StoryDeps, input: RotationInput): Promise<void> {
  const generation = input.generation + 1;
  const rotation = await advance(deps, input, (current) =>
    current.generation >= generation ? current : { ...current, generation },
  );
  if (rotation) await deps.executions.start(input, generation);
}

function standStill(deps: StoryDeps, rotation: Rotation, trouble: Trouble, canGoBack: boolean): Rotation {
  const { phase } = rotation.state;
  if (phase === 'closed') return rotation;
  // A choice that could not be followed is asked for again.
  if (phase === 'paused') return { ...rotation, state: { ...rotation.state, choice: undefined } };
  // Approved is not started: the checks come again, and then the approval.
  if (phase !== 'approved' && !isUnapproved(rotation))
    return pause(rotation, withWhatWasMet(rotation, trouble), canGoBack, trouble.at);
  const { approvalMs, remindMs, now } = termsOf(deps, rotation);
  const state = { phase: 'cannot-start', expiresAt: now + approvalMs, remindAt: now + remindMs } as const;
  return { ...withoutApprovals(rotation), trouble, state };
}

/** Where judging trouble fails, what ECS said of the service is what people are told. */
function withWhatWasMet({ state, trouble: met }: Rotation, trouble: Trouble): Trouble {
  const { reference } = trouble;
  const isJudged = state.phase === 'rolling' || state.phase === 'fleet';
  return isJudged && met ? { ...met, ...(reference ? { reference } : {}) } : trouble;
}
