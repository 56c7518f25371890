import type { Operation, OperationUpdate } from '@aws/durable-execution-sdk-js';
import {
  beat,
  type CallbackOutcome,
  endCallback,
  expiry,
  newOpaqueId,
  type OpenCallback,
} from './callbacks.ts';
import { dueAt, nextDue, passDue } from './due.ts';
import type { ExecutionRow } from './execution-row.ts';
import { LambdaFault, refuseInvocation } from './fault.ts';
import { bytesOf, type Usage } from './limits.ts';
import { visibleOperations } from './operations.ts';
import { stageUpdates } from './stage-updates.ts';
import type { ExecutionChange, Store } from './store.ts';

/**
 * A running execution in memory. Every change is written to the store first and only then made here, so the
 * store is never behind what the workflow was told. Instants are milliseconds of the engine's clock.
 */
export class LiveExecution {
  readonly row: ExecutionRow;
  /** Belongs to the next checkpoint, which makes a new one. */
  token = newOpaqueId('token');
  readonly #store: Store;
  readonly #operations = new Map<string, Operation>();
  /** Those of the operations that change by themselves: waits, and steps that wait for their next attempt. */
  readonly #pending = new Map<string, Operation>();
  readonly #callbacks = new Map<string, OpenCallback>();
  readonly #changed = new Set<string>();
  #usage: Usage;

  /** Takes up where the store stands, be it a new execution or one from before a restart. */
  constructor(row: ExecutionRow, store: Store) {
    this.row = row;
    this.#store = store;
    this.#usage = row.usage;
    for (const operation of store.operations(row.arn)) this.#put(operation);
    for (const callback of store.openCallbacks(row.arn)) this.#callbacks.set(callback.id, callback);
  }

  get usage(): Usage {
    return this.#usage;
  }

  /** When the execution times out. */
  get deadline(): number {
    return this.row.startedAt + this.row.timeoutSeconds * 1000;
  }

  /** When anything is next due, the deadline included. */
  get nextDue(): number {
    return nextDue(this.#pending.values(), this.#callbacks.values(), this.deadline);
  }

  /** Makes a new token for a new invocation: one given up before has no say any more. */
  renewToken(): string {
    this.token = newOpaqueId('token');
    return this.token;
  }

  /** What a new invocation is given. */
  visible(): Operation[] {
    return visibleOperations(this.#operations);
  }

  hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  /** The operations changed since the workflow was last told. */
  takeChanges(): Operation[] {
    const changed = [...this.#changed].flatMap((id) => this.#operations.get(id) ?? []);
    this.#changed.clear();
    return changed;
  }

  /**
   * Applies the updates of one checkpoint, all or none. Updates of the execution itself are the caller's.
   * @throws {DurableExecutionClientError} for an old token, a broken limit or an impossible update.
   */
  checkpoint(token: string | undefined, updates: readonly OperationUpdate[], at: number): void {
    if (token !== this.token) throw refuseInvocation('Invalid Checkpoint Token');
    this.#change(stageUpdates(this.#operations, this.#usage, updates, at));
    this.renewToken();
  }

  /** Ends waits, retry delays and callbacks whose time has come. Returns whether anything changed. */
  settleDue(at: number): boolean {
    const due = [...this.#pending.values()].filter((one) => (dueAt(one) ?? Infinity) <= at);
    const expired = [...this.#callbacks.values()].filter((one) => expiry(one, at) !== undefined);
    if (due.length + expired.length === 0) return false;
    this.#change({
      operations: [
        ...due.map((one) => passDue(one, at)),
        ...expired.map((one) => {
          const outcome = { Error: { ErrorMessage: expiry(one, at) } };
          return endCallback(this.#operationOf(one), 'TIMED_OUT', outcome, at);
        }),
      ],
      closed: expired.map((one) => one.id),
    });
    return true;
  }

  /** @throws {LambdaFault} CallbackTimeoutException when the callback is completed or expired. */
  completeCallback(id: string, outcome: CallbackOutcome, at: number): void {
    const callback = this.#open(id);
    const text = 'Error' in outcome ? JSON.stringify(outcome.Error) : outcome.Result;
    const usage = { ...this.#usage, bytes: this.#usage.bytes + bytesOf(text) };
    const status = 'Error' in outcome ? 'FAILED' : 'SUCCEEDED';
    const operation = endCallback(this.#operationOf(callback), status, outcome, at);
    this.#change({ operations: [operation], closed: [id], usage });
  }

  /** @throws {LambdaFault} CallbackTimeoutException when the callback is completed or expired. */
  beatCallback(id: string, at: number): void {
    this.#change({ operations: [], opened: [beat(this.#open(id), at)] });
  }

  #change(change: ExecutionChange): void {
    this.#store.change(this.row.arn, change);
    for (const operation of change.operations) {
      this.#put(operation);
      this.#changed.add(operation.Id ?? '');
    }
    for (const callback of change.opened ?? []) this.#callbacks.set(callback.id, callback);
    for (const id of change.closed ?? []) this.#callbacks.delete(id);
    this.#usage = change.usage ?? this.#usage;
  }

  #put(operation: Operation): void {
    const id = operation.Id ?? '';
    this.#operations.set(id, operation);
    if (dueAt(operation) === undefined) this.#pending.delete(id);
    else this.#pending.set(id, operation);
  }

  #open(id: string): OpenCallback {
    const callback = this.#callbacks.get(id);
    if (!callback) throw new LambdaFault('CallbackTimeoutException', 'The callback is no longer open.');
    return callback;
  }

  #operationOf(callback: OpenCallback): Operation {
    const operation = this.#operations.get(callback.operationId);
    if (!operation) throw new Error(`operation ${callback.operationId} of a callback is missing`);
    return operation;
  }
}
