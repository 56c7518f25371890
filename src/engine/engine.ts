import { randomUUID } from 'node:crypto';
import {
  type DurableExecutionHandler,
  type ErrorObject,
  type Operation,
  withDurableExecution,
} from '@aws/durable-execution-sdk-js';
import type { CallbackOutcome } from './callbacks.ts';
import type { EngineOptions, RegisterOptions } from './engine-options.ts';
import type { ExecutionRow } from './execution-row.ts';
import { LambdaFault } from './fault.ts';
import { checkCallbackId, checkCallbackOutcome, checkErrorSize, limits } from './limits.ts';
import type { ListQuery } from './list-query.ts';
import { insertExecution } from './new-execution.ts';
import type { Runner } from './runner.ts';
import { type DurableFunction, Runners } from './runners.ts';
import { Store } from './store.ts';
import { Transport } from './transport.ts';

/**
 * The durable execution service in one process: runs workflows of the AWS SDK with their state in SQLite, so that
 * they go on after a restart as they would on AWS. Waits run on the clock that is passed in. Errors of its methods
 * are {@link LambdaFault}s with the names of the Lambda API.
 */
export class DurableEngine {
  readonly #options: EngineOptions;
  readonly #store: Store;
  readonly #runners: Runners;
  readonly #transport: Transport;
  readonly #functions = new Map<string, DurableFunction>();
  #closed = false;

  constructor(options: EngineOptions) {
    const { clock, speed = () => 1, onFinished, onInvocation, onCheckpoint } = options;
    const pace = { clock, speed };
    this.#options = options;
    this.#store = new Store(options.path);
    this.#runners = new Runners({
      store: this.#store,
      pace,
      functionNamed: (name) => this.#function(name),
      onFinished: (row) => onFinished?.(row),
      onInvocation: (info) => onInvocation?.(info),
    });
    this.#transport = new Transport({
      runners: this.#runners,
      pace,
      isClosed: () => this.#closed,
      onCheckpoint: (info) => onCheckpoint?.(info),
    });
  }

  /** Makes a durable function known under its plain name. */
  register(functionName: string, handler: DurableExecutionHandler, options: RegisterOptions): this {
    const { executionTimeoutSeconds, functionTimeoutSeconds = 900 } = options;
    if (!(executionTimeoutSeconds >= 1 && executionTimeoutSeconds <= limits.executionTimeoutSeconds))
      throw new RangeError(`execution timeout of ${executionTimeoutSeconds} s`);
    const wrapped = withDurableExecution(handler, { durableExecutionClient: this.#transport });
    this.#functions.set(functionName, { handler: wrapped, executionTimeoutSeconds, functionTimeoutSeconds });
    return this;
  }

  /** Whether `functionName` is a durable function here. */
  has(functionName: string): boolean {
    return this.#functions.has(functionName);
  }

  /**
   * Takes up every execution that was running when the last process ended; returns how many. Register first: those
   * of an unknown function stay as they are.
   */
  resume(): number {
    const open = this.#store.running().filter((row) => !this.#runners.find(row.arn));
    const rows = open.filter((row) => this.has(row.functionName));
    for (const row of rows) this.#runners.run(row);
    return rows.length;
  }

  /**
   * Starts an execution; the same name and payload find the one there is. `payload` is JSON text.
   * @throws {LambdaFault} as insertExecution does; ResourceNotFoundException for an unknown function.
   */
  start(
    functionName: string,
    name: string = randomUUID(),
    payload = '{}',
    version = '1',
  ): { arn: string; created: boolean } {
    const { region = 'us-east-1', account = '000000000000', clock } = this.#options;
    const timeoutSeconds = this.#function(functionName).executionTimeoutSeconds;
    const wanted = { region, account, functionName, version, name, payload, timeoutSeconds, at: clock.now() };
    const { row, created } = insertExecution(this.#store, wanted);
    if (created) this.#runners.run(row);
    return { arn: row.arn, created };
  }

  /** Stops a running execution; returns when it ended, also where it had ended before. */
  stop(arn: string, error?: ErrorObject): number | undefined {
    if (error) checkErrorSize(error);
    if (this.get(arn).status === 'RUNNING') this.#runners.end(arn, { status: 'STOPPED', error });
    return this.get(arn).endedAt;
  }

  /** @throws {LambdaFault} ResourceNotFoundException. */
  get(arn: string): ExecutionRow {
    return this.#runners.row(arn);
  }

  getByName(functionName: string, name: string): ExecutionRow | undefined {
    return this.#store.executionNamed(functionName, name);
  }

  list(query: ListQuery): (ExecutionRow & { number: number })[] {
    return this.#store.list(query);
  }

  /** Resolves with the execution once it has ended; never, where the engine is closed before. */
  finished(arn: string): Promise<ExecutionRow> {
    return this.#runners.finished(arn);
  }

  /** Every operation of an execution in order of first appearance, those hidden from the workflow included. */
  operations(arn: string): Operation[] {
    return this.#store.operations(arn);
  }

  /** How many of the 3,000 operations the execution has used, as AWS meters them. */
  operationsUsed(arn: string): number {
    return this.get(arn).usage.operations;
  }

  /** `result` is the text the workflow's waitForCallback gives (through its serdes). */
  succeedCallback(id: string, result?: string): void {
    this.#completeCallback(id, { Result: result });
  }

  failCallback(id: string, error: ErrorObject = {}): void {
    this.#completeCallback(id, { Error: error });
  }

  heartbeatCallback(id: string): void {
    const runner = this.#callbackRunner(id);
    runner.live.beatCallback(id, this.#options.clock.now());
    runner.arm();
  }

  /** To be called when the clock has jumped forward or runs at another speed. */
  rearm(): void {
    this.#runners.rearm();
  }

  /** Whether a workflow's code is running, or about to; a clock that jumps ahead should wait for it. */
  get busy(): boolean {
    return this.#runners.busy;
  }

  /** How many executions are held in memory: the running ones. */
  get liveCount(): number {
    return this.#runners.size;
  }

  /** Closes the file and forgets what is running, as a kill would; executions stay as they are on disk. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#runners.close();
    this.#store.close();
  }

  #completeCallback(id: string, outcome: CallbackOutcome): void {
    checkCallbackOutcome(outcome);
    const runner = this.#callbackRunner(id);
    runner.live.completeCallback(id, outcome, this.#options.clock.now());
    runner.wake();
  }

  /** An id never handed out is not found; one whose execution has ended is past its time. */
  #callbackRunner(id: string): Runner {
    checkCallbackId(id);
    const arn = this.#store.callbackOwner(id);
    if (!arn) throw new LambdaFault('ResourceNotFoundException', 'There is no such callback.', 404);
    this.#runners.find(arn)?.catchUp();
    const runner = this.#runners.find(arn);
    if (!runner)
      throw new LambdaFault('CallbackTimeoutException', 'The execution of the callback has ended.');
    return runner;
  }

  #function(name: string): DurableFunction {
    const known = this.#functions.get(name);
    if (!known) throw new LambdaFault('ResourceNotFoundException', `Function not found: ${name}`, 404);
    return known;
  }
}
