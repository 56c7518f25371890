import type { StoreAnswer, StoreRequest } from '../rotation/requests.ts';
import type { SlackDependencies } from './dependencies.ts';

/** How long the login may be tried: from when Slack sent it, since it waits three seconds from then. */
const tryMs = 2_000;

/** Wall time until which a login that Slack sent at `sentAt` (ms) may be tried. */
export function tryUntil(sentAt: number): number {
  return sentAt + tryMs;
}

/**
 * Has the login stored and starts the workflow of the rotation. A repeat starts the same execution again, which is
 * harmless, and helps where the first start was lost. The request that was replaced is told.
 */
export async function ask(deps: SlackDependencies, request: StoreRequest): Promise<StoreAnswer> {
  const answer = await deps.storing.store(request);
  if (answer.result !== 'stored' && answer.result !== 'repeated') return answer;
  if (answer.key) await deps.executions.start(answer.key, 1);
  if (answer.result === 'stored' && answer.ring) {
    await deps.executions.ring(answer.ring).catch((error: unknown) => {
      deps.log.warn('The replaced request did not hear the bell', { error });
    });
  }
  return answer;
}
