import { setImmediate as turn } from 'node:timers/promises';
import type { DurableContext } from '@aws/durable-execution-sdk-js';
import { DurableEngine } from '../../src/engine/engine.ts';
import { executionEvent } from '../../src/engine/execution-event.ts';
import type { ExecutionRow } from '../../src/engine/execution-row.ts';
import type { InvocationInfo } from '../../src/engine/runner.ts';
import { FastClock } from './fast-clock.ts';
import { runWorkflow } from './run-workflow.ts';

let clock: FastClock;
let engine: DurableEngine;
let invocations: InvocationInfo[];
let ended: ExecutionRow[];

beforeEach(() => {
  clock = new FastClock();
  invocations = [];
  ended = [];
  engine = new DurableEngine({
    path: ':memory:',
    clock,
    onInvocation: (info) => invocations.push(info),
    onFinished: (row) => ended.push(row),
  });
});

afterEach(() => engine.close());

const register = (flow: (context: DurableContext, event: unknown) => Promise<unknown>, timeout = 86_400) =>
  engine.register('flow', (event, context) => flow(context, event), { executionTimeoutSeconds: timeout });
const end = (arn: string) => clock.until(engine.finished(arn), () => engine.busy);

test('the workflow gets its input, and its result is kept as JSON', async () => {
  register(async (_context, event) => ({ got: event }));
  const { arn } = engine.start('flow', 'n1', '{"a":1}');
  expect(await end(arn)).toMatchObject({ name: 'n1', status: 'SUCCEEDED', result: '{"got":{"a":1}}' });
  expect(engine.get(arn)).toEqual(engine.getByName('flow', 'n1'));
  expect(engine.operationsUsed(arn)).toBe(1);
});

test('an error of the workflow fails the execution with its type and message', async () => {
  register(() => Promise.reject(new RangeError('too far')));
  const row = await end(engine.start('flow').arn);
  expect(row).toMatchObject({
    status: 'FAILED',
    error: { ErrorType: 'RangeError', ErrorMessage: 'too far' },
  });
});

test('a wait ends the invocation and the next one comes when it is over', async () => {
  register(async (context) => {
    await context.wait({ days: 3 });
    return 'rested';
  }, 10 * 86_400);
  const row = await end(engine.start('flow').arn);
  expect((row.endedAt ?? 0) - row.startedAt).toBe(3 * 86_400_000);
  expect(invocations.map((one) => one.outcome)).toEqual(['PENDING', 'SUCCEEDED']);
});

test('a wait beside a running step ends while the step runs, at the speed of the clock', async () => {
  const order: string[] = [];
  const fast = { clock, speed: () => 1_000 };
  const { row } = await runWorkflow(async (context) => {
    await context.parallel([
      async (child) => {
        await child.wait({ seconds: 30 });
        order.push('wait');
      },
      async (child) => {
        await child.step('long', async () => {
          await new Promise((later) => setTimeout(later, 10));
          clock.advance(30_000);
          await new Promise((later) => setTimeout(later, 200));
        });
        order.push('step');
      },
    ]);
  }, fast);
  expect(row.status).toBe('SUCCEEDED');
  expect(order).toEqual(['wait', 'step']);
});

test('one invocation at a time: a callback during one leads to another after it', async () => {
  let running = 0;
  let most = 0;
  let callbackId = '';
  register(async (context) => {
    running += 1;
    most = Math.max(most, running);
    const answer = context.waitForCallback('ask', async (id) => {
      callbackId = id;
    });
    const other = context.step('slow', async () => {
      while (callbackId === '') await turn();
      engine.succeedCallback(callbackId, 'now');
      await turn();
    });
    const both = await Promise.all([answer, other]).finally(() => {
      running -= 1;
    });
    return both[0];
  });
  const row = await end(engine.start('flow').arn);
  expect(row.result).toBe('"now"');
  expect(most).toBe(1);
});

test('an invocation that throws is repeated with growing pauses, its finished steps are not', async () => {
  let steps = 0;
  let tries = 0;
  const at: number[] = [];
  register(async (context) => {
    await context.step('once', async () => {
      steps += 1;
    });
    at.push(clock.now());
    tries += 1;
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    // What cannot be serialised is the SDK's own reason to let the whole invocation fail.
    return context.step('twice', async () => (tries < 3 ? circular : 'fine'));
  });
  const row = await end(engine.start('flow').arn);
  expect(row).toMatchObject({ status: 'SUCCEEDED', result: '"fine"' });
  expect(invocations.map((one) => one.outcome)).toEqual(['THREW', 'THREW', 'SUCCEEDED']);
  expect([(at[1] ?? 0) - (at[0] ?? 0), (at[2] ?? 0) - (at[1] ?? 0)]).toEqual([400, 800]);
  expect(steps).toBe(1);
});

test('one that always throws fails after eight invocations', async () => {
  register(async (context) => context.step('bad', async () => 1n));
  const row = await end(engine.start('flow').arn);
  expect(row.status).toBe('FAILED');
  expect(invocations).toHaveLength(8);
});

test('stopping ends it at once; what its code still does is ignored', async () => {
  let release = () => {};
  register((context) => context.step('long', () => new Promise<void>((resolve) => (release = resolve))));
  const { arn } = engine.start('flow');
  await turn();
  await turn();
  engine.stop(arn, { ErrorMessage: 'by hand' });
  release();
  for (let i = 0; i < 20; i++) await turn();
  expect(engine.get(arn)).toMatchObject({ status: 'STOPPED', error: { ErrorMessage: 'by hand' } });
  expect(engine.operations(arn).map((one) => one.Status)).not.toContain('SUCCEEDED');
  expect(ended.map((row) => row.status)).toEqual(['STOPPED']);
  expect(invocations).toEqual([]);
});

test('a jump of the clock is noticed once the engine is told', async () => {
  register((context) => context.wait({ minutes: 50 }));
  const { arn } = engine.start('flow');
  do await new Promise((later) => setTimeout(later, 5));
  while (engine.busy);
  clock.leap(3_600_000);
  engine.rearm();
  clock.advance(0);
  expect((await clock.until(engine.finished(arn), () => true)).status).toBe('SUCCEEDED');
});

test('a callback that comes after its time is too late, though no timer has noticed yet', async () => {
  let callbackId = '';
  const keep = async (id: string) => {
    callbackId = id;
  };
  register((context) => context.waitForCallback('ask', keep, { timeout: { minutes: 10 } }));
  const { arn } = engine.start('flow');
  do await new Promise((later) => setTimeout(later, 5));
  while (engine.busy);
  clock.leap(10 * 60_000);
  expect(() => engine.succeedCallback(callbackId, 'x')).toThrow(
    expect.objectContaining({ type: 'CallbackTimeoutException' }),
  );
  expect((await end(arn)).error?.ErrorMessage).toContain('timed out');
});

test('finished executions leave memory', async () => {
  register(async (context) => context.step('s', async () => 'x'.repeat(1_000)));
  const all = Array.from({ length: 50 }, (_, n) => engine.start('flow', `n${n}`).arn);
  expect(engine.liveCount).toBe(50);
  await clock.until(Promise.all(all.map((arn) => engine.finished(arn))), () => engine.busy);
  expect(engine.liveCount).toBe(0);
  expect(engine.busy).toBe(false);
  expect(ended).toHaveLength(50);
});

test('every end is told once, with an event as EventBridge delivers it', async () => {
  register((context) => context.wait({ hours: 2 }), 3_600);
  const { arn } = engine.start('flow', 'rot-1', '{"hidden":true}');
  await end(arn);
  await turn();
  expect(ended).toHaveLength(1);
  const event = executionEvent(ended[0] ?? engine.get(arn));
  expect(event).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Durable Execution Status Change',
    source: 'aws.lambda',
    account: '000000000000',
    time: '2030-01-01T01:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      durableExecutionArn: arn,
      durableExecutionName: 'rot-1',
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:flow:1',
      status: 'TIMED_OUT',
      startTimestamp: '2030-01-01T00:00:00.000Z',
      endTimestamp: '2030-01-01T01:00:00.000Z',
    },
  });
});

test('an unknown function, execution or callback is not found', () => {
  const notFound = expect.objectContaining({ type: 'ResourceNotFoundException', status: 404 });
  expect(() => engine.start('nobody')).toThrow(notFound);
  expect(() => engine.get('arn')).toThrow(notFound);
  expect(() => engine.heartbeatCallback('QUJD')).toThrow(notFound);
});
