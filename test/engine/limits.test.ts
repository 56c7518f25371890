import type { Operation, OperationUpdate } from '@aws/durable-execution-sdk-js';
import { DurableEngine } from '../../src/engine/engine.ts';
import {
  chargeUpdate,
  checkCallbackId,
  checkExecutionName,
  checkInput,
  limits,
} from '../../src/engine/limits.ts';
import { runWorkflow } from './run-workflow.ts';

const noRetry = { retryStrategy: () => ({ shouldRetry: false }) };

describe('an execution fails where AWS would fail it', () => {
  test('at the 3,001st operation, and not at the 3,000th', async () => {
    const steps = (count: number) =>
      runWorkflow(async (context) => {
        for (let i = 0; i < count; i++) await context.step(`s${i}`, async () => i, noRetry);
        return count;
      });
    const most = await steps(limits.operations - 1);
    expect(most.row).toMatchObject({ status: 'SUCCEEDED', usage: { operations: 3_000 } });
    const over = await steps(limits.operations);
    expect(over.row.status).toBe('FAILED');
    expect(over.row.error?.ErrorMessage).toContain('passed 3000 operations');
  });

  test('with a step result over 256 KB', async () => {
    const result = (bytes: number) =>
      runWorkflow((context) =>
        context.step('big', async () => 'x'.repeat(bytes - 2), noRetry).then(() => 'kept'),
      );
    expect((await result(limits.payloadBytes)).row.status).toBe('SUCCEEDED');
    const over = await result(limits.payloadBytes + 1);
    expect(over.row.status).toBe('FAILED');
    expect(over.row.error?.ErrorMessage).toContain('"big" is larger than 262144 bytes');
  });

  test('with a step error over 32 KB', async () => {
    const { row } = await runWorkflow((context) =>
      context
        .step('loud', () => Promise.reject(new Error('x'.repeat(33_000))), noRetry)
        .catch(() => 'survived'),
    );
    expect(row.status).toBe('FAILED');
    expect(row.error?.ErrorMessage).toContain('Error object size must be less than 32768 bytes');
  });

  test('with an error of its own over 32 KB, which is then not kept', async () => {
    const { row } = await runWorkflow(() => Promise.reject(new RangeError('x'.repeat(40_000))));
    expect(row.status).toBe('FAILED');
    expect(row.error).toEqual({
      ErrorType: 'RangeError',
      ErrorMessage: 'The error of the execution is larger than 32768 bytes.',
    });
  });

  test('when its time is over, in the middle of a wait', async () => {
    const wait = (context: Parameters<Parameters<typeof runWorkflow>[0]>[0]) => context.wait({ hours: 3 });
    const { row } = await runWorkflow(wait, { executionTimeoutSeconds: 3_600 });
    expect(row.status).toBe('TIMED_OUT');
    expect((row.endedAt ?? 0) - row.startedAt).toBe(3_600_000);
  });

  test('with context.invoke, which this engine does not have', async () => {
    const { row } = await runWorkflow((context) => context.invoke('other', 'fn:1', {}));
    expect(row.status).toBe('FAILED');
    expect(row.error?.ErrorMessage).toContain('context.invoke is not supported');
  });

  test('but a result over 6 MB goes through a checkpoint of the execution', async () => {
    const { row } = await runWorkflow(async () => 'x'.repeat(6_500_000));
    expect(row.status).toBe('SUCCEEDED');
    expect(row.result).toHaveLength(6_500_002);
  });
});

describe('operations are metered as AWS does', () => {
  test.each([
    ['nothing', 1, async () => undefined],
    ['a step', 2, (c) => c.step('a', async () => 1)],
    ['a wait', 2, (c) => c.wait({ seconds: 1 })],
    ['a step with 2 retries', 4, (c) => c.step('a', failingTwice, retrying)],
    ['a step with 1 retry that fails', 3, (c) => c.step('a', alwaysFailing, once).catch(() => 0)],
    ['a condition polled 3 times', 5, (c) => c.waitForCondition('p', async (n: number) => n + 1, thrice)],
    ['a callback', 4, (c) => c.waitForCallback('c', async () => undefined, aSecond).catch(() => 0)],
    ['a map of 3 with a step each', 8, (c) => c.map([1, 2, 3], (child, n) => child.step('s', async () => n))],
  ] satisfies [string, number, Parameters<typeof runWorkflow>[0]][])(
    '%s: %i',
    async (_what, operations, workflow) => {
      const { row } = await runWorkflow(workflow);
      expect(row.status).toBe('SUCCEEDED');
      expect(row.usage.operations).toBe(operations);
    },
  );

  const retrying = { retryStrategy: () => ({ shouldRetry: true, delay: { seconds: 5 } }) };
  const once = {
    retryStrategy: (_error: unknown, attempt: number) => ({
      shouldRetry: attempt < 2,
      delay: { seconds: 5 },
    }),
  };
  const aSecond = { timeout: { seconds: 1 } };
  const thrice = {
    initialState: 0,
    waitStrategy: (n: number) =>
      n < 3 ? { shouldContinue: true as const, delay: { seconds: 10 } } : { shouldContinue: false as const },
  };

  let calls = 0;
  async function failingTwice(): Promise<string> {
    calls += 1;
    if (calls <= 2) throw new Error('not yet');
    return 'done';
  }
  async function alwaysFailing(): Promise<string> {
    throw new Error('never');
  }
});

describe('bytes written', () => {
  const step: OperationUpdate = { Id: '1', Type: 'STEP', Action: 'SUCCEED', Payload: '"ü"' };

  test('count payload and error in UTF-8', () => {
    const usage = { operations: 1, bytes: 10 };
    expect(chargeUpdate(usage, undefined, step).bytes).toBe(14);
    const failed: OperationUpdate = { Id: '1', Type: 'STEP', Action: 'FAIL', Error: { ErrorType: 'E' } };
    expect(chargeUpdate(usage, undefined, failed).bytes).toBe(10 + '{"ErrorType":"E"}'.length);
  });

  test('may reach 100 MB and no more', () => {
    const before = { Id: '1' } as Operation; // Only its presence is looked at.
    const usage = { operations: 1, bytes: limits.writtenBytes - 4 };
    expect(chargeUpdate(usage, before, step).bytes).toBe(limits.writtenBytes);
    expect(() => chargeUpdate({ ...usage, bytes: usage.bytes + 1 }, before, step)).toThrow('104857600 bytes');
  });
});

test('an execution name has 1 to 64 of the letters AWS allows', () => {
  for (const name of ['a', 'A-b_9', 'x'.repeat(64)]) expect(() => checkExecutionName(name)).not.toThrow();
  for (const name of ['', 'x'.repeat(65), 'a.b', 'a b', 'ä', 'a\n'])
    expect(() => checkExecutionName(name)).toThrow();
});

test('a callback id is 1 to 1,024 characters of base64', () => {
  for (const id of ['A', 'ab+/==', 'x'.repeat(1024)]) expect(() => checkCallbackId(id)).not.toThrow();
  for (const id of ['', 'x'.repeat(1025), 'a=b', 'a===', 'a-b']) expect(() => checkCallbackId(id)).toThrow();
});

test('an input has at most 1 MB and is JSON', () => {
  expect(() => checkInput(JSON.stringify('x'.repeat(limits.inputBytes - 2)))).not.toThrow();
  expect(() => checkInput(JSON.stringify('x'.repeat(limits.inputBytes - 1)))).toThrow('1 MB');
  expect(() => checkInput('{')).toThrow('json');
});

test('an execution timeout outside 1 s to 366 days cannot be registered', () => {
  const clock = { now: () => 0, after: () => () => undefined, sleep: async () => undefined };
  const engine = new DurableEngine({ path: ':memory:', clock });
  for (const executionTimeoutSeconds of [0, 31_622_401, Number.NaN])
    expect(() => engine.register('f', async () => 1, { executionTimeoutSeconds })).toThrow(RangeError);
  engine.close();
});
