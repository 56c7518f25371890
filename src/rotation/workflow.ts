import { CallbackError, type DurableContext, DurableOperationError } from '@aws/durable-execution-sdk-js';
import { patiently, retryOf } from './retries.ts';
import type { RotationKey } from './rules/rotation.ts';
import type { Verb } from './rules/story.ts';

/** Which rotation, and which of the executions that have driven it. Ids only: inputs are kept in clear. */
export interface RotationInput extends RotationKey {
  readonly generation: number;
}

/** What one step does. */
export type Action = Exclude<Verb['do'], 'decide' | 'settle' | 'end'> | 'look';

/** What the workflow can do. Every action reads the record first and answers what comes next. */
export interface Verbs {
  readonly act: Readonly<Record<Action, (input: RotationInput) => Promise<Verb>>>;
  /** Notes where a click can ring; rings at once where the click came first. */
  listen(input: RotationInput, callbackId: string): Promise<void>;
  /** An action failed for good: stands still and says so, changing nothing. `reason` is an error's text. */
  stumble(input: RotationInput, reason: string): Promise<Verb>;
  /** Starts the next execution of this rotation, before this one's 3,000 operations run out. */
  handOver(input: RotationInput): Promise<void>;
}

/** A turn takes at most 5 operations and its retries; the service allows 3,000 an execution. */
const turnsOfOneExecution = 400;

/**
 * The workflow: look where the rotation stands, do what follows (rules/story.ts), until it is closed. All state is in
 * the record, so a fresh execution, after a hand-over or started by the keeper, goes on from there.
 */
export async function rotate(
  input: RotationInput,
  ctx: DurableContext,
  verbs: Verbs,
): Promise<{ turns: number }> {
  let next = await act('look', input, ctx, verbs, 0);
  for (let turn = 1; turn < turnsOfOneExecution; turn++) {
    if (next.do === 'end') return { turns: turn };
    next = await takeTurn(next, input, ctx, verbs, turn);
  }
  await ctx.step('hand over', () => verbs.handOver(input), { retryStrategy: patiently });
  return { turns: turnsOfOneExecution };
}

async function takeTurn(
  verb: Exclude<Verb, { do: 'end' }>,
  input: RotationInput,
  ctx: DurableContext,
  verbs: Verbs,
  turn: number,
): Promise<Verb> {
  try {
    // A wait ends the invocation: what takes up to four minutes begins with the function's whole time.
    if (verb.do === 'watch' || verb.do === 'apply') await ctx.wait(`${turn} breathe`, { seconds: 1 });
    if (verb.do === 'settle') await ctx.wait(`${turn} settle`, { seconds: verb.seconds });
    else if (verb.do === 'decide') await waitForClick(verb.seconds, input, ctx, verbs, turn);
    else return await act(verb.do, input, ctx, verbs, turn);
    return await act('look', input, ctx, verbs, turn);
  } catch (error) {
    if (!(error instanceof DurableOperationError)) throw error;
    const reason = error.message;
    return await ctx.step(`${turn} stumble`, () => verbs.stumble(input, reason), {
      retryStrategy: patiently,
    });
  }
}

function act(
  action: Action,
  input: RotationInput,
  ctx: DurableContext,
  verbs: Verbs,
  turn: number,
): Promise<Verb> {
  return ctx.step(`${turn} ${action}`, () => verbs.act[action](input), { retryStrategy: retryOf[action] });
}

/** A doorbell, not a message: whether it rings, fails or times out, the record is read again. */
async function waitForClick(
  seconds: number,
  input: RotationInput,
  ctx: DurableContext,
  verbs: Verbs,
  turn: number,
): Promise<void> {
  const config = { timeout: { seconds }, retryStrategy: patiently };
  try {
    await ctx.waitForCallback(`${turn} decide`, (callbackId) => verbs.listen(input, callbackId), config);
  } catch (error) {
    if (!(error instanceof CallbackError)) throw error;
  }
}
