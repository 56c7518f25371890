import type { DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import { type Ending, withinErrorLimit } from './ending.ts';
import type { ExecutionRow } from './execution-row.ts';
import { LambdaFault } from './fault.ts';
import type { Pace } from './invocation.ts';
import { LiveExecution } from './live-execution.ts';
import { type InvocationInfo, Runner } from './runner.ts';
import type { Store } from './store.ts';

/** A durable function as registered. */
export interface DurableFunction {
  readonly handler: DurableLambdaHandler;
  readonly executionTimeoutSeconds: number;
  readonly functionTimeoutSeconds: number;
}

export interface RunnersOptions {
  readonly store: Store;
  readonly pace: Pace;
  functionNamed(name: string): DurableFunction;
  onFinished(row: ExecutionRow): void;
  onInvocation(info: InvocationInfo): void;
}

/** The executions that run now, by ARN. One that has ended leaves memory and stays in the store. */
export class Runners {
  readonly #options: RunnersOptions;
  readonly #running = new Map<string, Runner>();
  readonly #waiting = new Map<string, ((row: ExecutionRow) => void)[]>();

  constructor(options: RunnersOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#running.size;
  }

  get busy(): boolean {
    return [...this.#running.values()].some((runner) => runner.busy);
  }

  /** Takes an execution up as the store has it and invokes its function soon. */
  run(row: ExecutionRow): void {
    const { store, pace, functionNamed, onInvocation } = this.#options;
    const live = new LiveExecution(row, store);
    const { handler, functionTimeoutSeconds } = functionNamed(row.functionName);
    const onEnd = (ending: Ending) => this.end(row.arn, ending);
    const runner = new Runner({ live, handler, functionTimeoutSeconds, pace, onEnd, onInvocation });
    this.#running.set(row.arn, runner);
    runner.wake();
  }

  find(arn: string): Runner | undefined {
    return this.#running.get(arn);
  }

  /** @throws {LambdaFault} ResourceNotFoundException. */
  row(arn: string): ExecutionRow {
    const row = this.#options.store.execution(arn);
    if (!row) throw new LambdaFault('ResourceNotFoundException', `No execution ${arn}.`, 404);
    return row;
  }

  /** Resolves when the execution has ended; at once where it has. Never, if the engine is closed before. */
  finished(arn: string): Promise<ExecutionRow> {
    const row = this.row(arn);
    if (row.status !== 'RUNNING') return Promise.resolve(row);
    return new Promise((resolve) => {
      this.#waiting.set(arn, [...(this.#waiting.get(arn) ?? []), resolve]);
    });
  }

  /** Ends a running execution; does nothing to one that has ended. */
  end(arn: string, ending: Ending): void {
    const runner = this.#running.get(arn);
    if (!runner) return;
    runner.close();
    this.#running.delete(arn);
    const kept = withinErrorLimit(ending);
    this.#options.store.finish({
      ...runner.live.row,
      status: kept.status,
      result: kept.result,
      error: kept.error,
      endedAt: this.#options.pace.clock.now(),
    });
    this.#tell(this.row(arn));
  }

  rearm(): void {
    for (const runner of this.#running.values()) runner.rearm();
  }

  close(): void {
    for (const runner of this.#running.values()) runner.close();
    this.#running.clear();
    this.#waiting.clear();
  }

  #tell(row: ExecutionRow): void {
    const waiting = this.#waiting.get(row.arn) ?? [];
    this.#waiting.delete(row.arn);
    for (const resolve of waiting) resolve(row);
    queueMicrotask(() => this.#options.onFinished(row));
  }
}
