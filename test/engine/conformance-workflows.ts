import {
  createRetryStrategy,
  createWaitStrategy,
  type DurableContext,
  JitterStrategy,
} from '@aws/durable-execution-sdk-js';

/** Who answers the callbacks of a workflow, told by the name of the wait. */
export type Submit = (name: string, callbackId: string) => void;

export type Workflow = (context: DurableContext, submit: Submit) => Promise<unknown>;

const twice = createRetryStrategy({
  maxAttempts: 3,
  initialDelay: { seconds: 5 },
  maxDelay: { seconds: 20 },
  jitter: JitterStrategy.NONE,
});
const never = { retryStrategy: () => ({ shouldRetry: false }) };

/** Fails until its third call in a row, counted over all invocations. */
function flaky(): () => Promise<string> {
  let calls = 0;
  return async () => {
    calls += 1;
    if (calls < 3) throw new Error(`not yet (${calls})`);
    return `after ${calls}`;
  };
}

/** One small workflow for each thing the product relies on. Each call makes one that has not run yet. */
export const workflows: Record<string, () => Workflow> = {
  'a step with retries and a wait': () => {
    const attempt = flaky();
    return async (context) => {
      const first = await context.step('flaky', attempt, { retryStrategy: twice });
      await context.wait('pause', { seconds: 30 });
      return [first, await context.step('last', async () => 'done')];
    };
  },

  'callbacks that succeed, fail and time out': () => async (context, submit) => {
    const ask = (name: string, seconds?: number) =>
      context
        .waitForCallback(name, async (id) => submit(name, id), seconds ? { timeout: { seconds } } : {})
        .catch((error) => (error instanceof Error ? { name: error.name, message: error.message } : error));
    return [await ask('approved'), await ask('refused'), await ask('forgotten', 1)];
  },

  'a condition polled three times': () => async (context) =>
    context.waitForCondition('count', async (n: number) => n + 1, {
      initialState: 0,
      waitStrategy: createWaitStrategy({
        initialDelay: { seconds: 10 },
        jitter: JitterStrategy.NONE,
        shouldContinuePolling: (n: number) => n < 3,
      }),
    }),

  'a map and parallel branches': () => async (context) => {
    const mapped = await context.map(
      'items',
      ['a', 'b', 'c'],
      async (child, item) => {
        const doubled = await child.step(`double-${item}`, async () => item + item);
        await child.wait(`rest-${item}`, { seconds: 3 });
        if (item === 'b') throw new Error('b is bad');
        return doubled;
      },
      {
        itemNamer: (item) => `item-${item}`,
        maxConcurrency: 2,
        completionConfig: { toleratedFailureCount: 1 },
      },
    );
    const branches = await context.parallel('branches', [
      { name: 'left', func: async (child) => child.step('l', async () => 1) },
      { name: 'right', func: async (child) => child.step('r', async () => 2) },
    ]);
    return { ok: mapped.getResults(), bad: mapped.failureCount, sides: branches.getResults() };
  },

  'a child context with a result over 256 KB': () => async (context) => {
    const large = await context.runInChildContext('large', async (child) => {
      const piece = await child.step('piece', async () => 'x'.repeat(100_000));
      return piece.repeat(3);
    });
    const small = await context.runInChildContext('small', async (child) =>
      child.step('bit', async () => 'y'),
    );
    await context.wait('replay', { seconds: 2 });
    return [large.length, small];
  },

  'an error that goes through a child context': () => async (context) =>
    context.runInChildContext('outer', async (child) => {
      const fail = async () => {
        throw new TypeError('no such thing');
      };
      await child.step('broken', fail, never);
    }),
};
