import { DurableEngine } from '../../../src/engine/engine.ts';
import type { ExecutionRow } from '../../../src/engine/execution-row.ts';
import { type RotationInput, rotate, type Verbs } from '../../../src/rotation/workflow.ts';
import { FastClock } from '../../engine/fast-clock.ts';

export interface Ran {
  readonly row: ExecutionRow;
  readonly operations: number;
  /** Milliseconds of the clock from start to end. */
  readonly took: number;
}

/** Runs the workflow on the embedded engine to its end. `ring` answers a callback. */
export async function runRotation(
  makeVerbs: (ring: (callbackId: string) => void) => Verbs,
  { clock = new FastClock(), input }: { clock?: FastClock; input?: RotationInput } = {},
): Promise<Ran> {
  const engine = new DurableEngine({ path: ':memory:', clock });
  const verbs = makeVerbs((callbackId) => engine.succeedCallback(callbackId));
  engine.register('rotation', async (event: RotationInput, context) => rotate(event, context, verbs), {
    executionTimeoutSeconds: 30 * 86_400,
  });
  const from = clock.now();
  const event = input ?? { registry: 'ghcr.io', id: '7K2M9', generation: 1 };
  const { arn } = engine.start('rotation', 'r1', JSON.stringify(event));
  const row = await clock.until(engine.finished(arn), () => engine.busy);
  const operations = engine.operations(arn).length;
  engine.close();
  return { row, operations, took: clock.now() - from };
}
