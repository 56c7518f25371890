import type { DurableContext, Operation } from '@aws/durable-execution-sdk-js';
import { DurableEngine } from '../../src/engine/engine.ts';
import type { EngineOptions } from '../../src/engine/engine-options.ts';
import type { ExecutionRow } from '../../src/engine/execution-row.ts';
import { FastClock } from './fast-clock.ts';

interface Setting extends Partial<Omit<EngineOptions, 'clock'>> {
  readonly clock?: FastClock;
  readonly executionTimeoutSeconds?: number;
}

/** Runs one workflow to its end on an engine of its own; nothing answers its callbacks. */
export async function runWorkflow(
  workflow: (context: DurableContext, event: unknown) => Promise<unknown>,
  { executionTimeoutSeconds = 366 * 86_400, clock = new FastClock(), ...options }: Setting = {},
): Promise<{ row: ExecutionRow; operations: Operation[] }> {
  const engine = new DurableEngine({ path: ':memory:', clock, ...options });
  engine.register('flow', async (event, context) => workflow(context, event), { executionTimeoutSeconds });
  const { arn } = engine.start('flow');
  const row = await clock.until(engine.finished(arn), () => engine.busy);
  const operations = engine.operations(arn);
  engine.close();
  return { row, operations };
}
