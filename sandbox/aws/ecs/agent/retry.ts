import type { RetryPlan } from '../settings.ts';
import type { Timers } from '../timers.ts';

export interface Retrying<Answer> {
  readonly timers: Timers;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
  readonly plan: RetryPlan;
  readonly attempt: () => Promise<Answer>;
  /** Whether this answer is worth another try. */
  readonly again: (answer: Answer) => boolean;
}

/** The last answer, and how many tries it took. Waits stand between tries only, as in the agent's backoff. */
export async function retry<Answer>(retrying: Retrying<Answer>): Promise<{ answer: Answer; tries: number }> {
  const { timers, random, plan, attempt, again } = retrying;
  let delay = plan.firstDelay;
  for (let tries = 1; ; tries += 1) {
    const answer = await attempt();
    if (tries >= plan.tries || !again(answer)) return { answer, tries };
    await timers.sleep(delay * (1 + plan.jitter * random()));
    delay = Math.min(delay * plan.multiplier, plan.mostDelay);
  }
}
