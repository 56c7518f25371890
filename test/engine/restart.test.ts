import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DurableContext } from '@aws/durable-execution-sdk-js';
import { DurableEngine } from '../../src/engine/engine.ts';
import type { EngineOptions } from '../../src/engine/engine-options.ts';
import { FastClock } from './fast-clock.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'engine-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

function openEngine(
  clock: FastClock,
  flow: (c: DurableContext, n: number) => Promise<unknown>,
  options = {},
) {
  const opened: EngineOptions = { path: join(directory, 'engine.db'), clock, ...options };
  const engine = new DurableEngine(opened);
  return engine.register('flow', (event: number, context) => flow(context, event), {
    executionTimeoutSeconds: 86_400,
  });
}

test('an execution closed in a wait ends at the same time in the next engine', async () => {
  const clock = new FastClock();
  const flow = async (context: DurableContext) => {
    const from = await context.step('from', async () => clock.now());
    await context.wait({ hours: 5 });
    return clock.now() - from;
  };
  const first = openEngine(clock, flow);
  const { arn } = first.start('flow');
  await clock.until(idle(first), () => true);
  first.close();
  clock.advance(2 * 3_600_000);
  const second = openEngine(clock, flow);
  expect(second.resume()).toBe(1);
  const row = await clock.until(second.finished(arn), () => second.busy);
  expect(row.result).toBe(String(5 * 3_600_000));
  second.close();
});

test('a callback asked for in one engine is answered in the next; one that expired meanwhile is too late', async () => {
  const clock = new FastClock();
  const ids: string[] = [];
  const flow = (context: DurableContext) =>
    context.waitForCallback('ask', async (id) => void ids.push(id), { timeout: { hours: 1 } });
  const first = openEngine(clock, flow);
  const answered = first.start('flow', 'answered');
  await clock.until(idle(first), () => true);
  clock.advance(30 * 60_000);
  const forgotten = first.start('flow', 'forgotten');
  await clock.until(idle(first), () => true);
  first.close();

  const second = openEngine(clock, flow);
  second.resume();
  second.succeedCallback(ids[0] ?? '', '"late but fine"');
  expect((await clock.until(second.finished(answered.arn), () => true)).status).toBe('SUCCEEDED');
  second.close();

  clock.advance(2 * 3_600_000);
  const third = openEngine(clock, flow);
  expect(third.resume()).toBe(1);
  const row = await clock.until(third.finished(forgotten.arn), () => third.busy);
  expect(row.error?.ErrorMessage).toContain('timed out');
  expect(() => third.succeedCallback(ids[1] ?? '', 'x')).toThrow(
    expect.objectContaining({ type: 'CallbackTimeoutException' }),
  );
  third.close();
});

test('an execution whose function is not registered waits for an engine that knows it', async () => {
  const clock = new FastClock();
  const first = openEngine(clock, (context) => context.wait({ hours: 1 }));
  const { arn } = first.start('flow');
  first.close();
  const without = new DurableEngine({ path: join(directory, 'engine.db'), clock });
  expect(without.resume()).toBe(0);
  expect(without.get(arn).status).toBe('RUNNING');
  without.close();
  const second = openEngine(clock, async () => 'here');
  expect(second.resume()).toBe(1);
  expect(await clock.until(second.finished(arn), () => second.busy)).toMatchObject({ result: '"here"' });
  second.close();
});

test('a finished execution is not taken up again, and its name still answers with the same ARN', async () => {
  const clock = new FastClock();
  const first = openEngine(clock, async () => 'done');
  const { arn } = first.start('flow', 'n1', '1');
  await clock.until(first.finished(arn), () => first.busy);
  first.close();
  const second = openEngine(clock, async () => 'never');
  expect(second.resume()).toBe(0);
  expect(second.start('flow', 'n1', '1')).toEqual({ arn, created: false });
  expect(() => second.start('flow', 'n1', '2')).toThrow('another input');
  expect(await second.finished(arn)).toMatchObject({ status: 'SUCCEEDED', result: '"done"' });
  second.close();
});

test('60 executions over 12 restarts all end; each step ran, and none again once it was written', async () => {
  const clock = new FastClock();
  const ran = new Map<string, number>();
  const written = new Map<string, number>();
  const count = (where: Map<string, number>, key: string) => where.set(key, (where.get(key) ?? 0) + 1);
  const flow = async (context: DurableContext, n: number) => {
    const part = (name: string) => context.step(name, async () => void count(ran, `${n} ${name}`));
    await part('first');
    await context.wait('rest', { seconds: 5 + (n % 7) });
    await context.map('many', [1, 2], async (child, i) => {
      await child.step(`inner ${i}`, async () => void count(ran, `${n} inner ${i}`));
      await child.wait({ seconds: 3 });
    });
    await part('last');
    return n;
  };
  const noteWritten: EngineOptions['onCheckpoint'] = ({ stage, execution, updates }) => {
    for (const { Type, Action, Name } of stage === 'after' ? updates : [])
      if (Type === 'STEP' && Action === 'SUCCEED') count(written, `${execution.payload} ${Name}`);
  };
  const open = () => openEngine(clock, flow, { onCheckpoint: noteWritten });
  let engine = open();
  for (let n = 0; n < 60; n++) engine.start('flow', `n${n}`, String(n));
  for (let restart = 0; restart < 12; restart++) {
    await new Promise((later) => setTimeout(later, 15));
    clock.advance(1_500);
    engine.close();
    engine = open();
    engine.resume();
  }
  for (let n = 0; n < 60; n++) {
    const { arn } = engine.start('flow', `n${n}`, String(n));
    expect(await clock.until(engine.finished(arn), () => engine.busy)).toMatchObject({ status: 'SUCCEEDED' });
  }
  expect(engine.liveCount).toBe(0);
  engine.close();
  expect(written.size).toBe(60 * 4);
  expect([...written.values()].every((times) => times === 1)).toBe(true);
  expect(ran.size).toBe(60 * 4);
}, 20_000);

/** Resolves when no workflow code runs, looked at in real time. */
async function idle(engine: DurableEngine): Promise<void> {
  do await new Promise((later) => setTimeout(later, 5));
  while (engine.busy);
}
