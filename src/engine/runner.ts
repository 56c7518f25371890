import type { DurableExecutionInvocationOutput, DurableLambdaHandler } from '@aws/durable-execution-sdk-js';
import { Alarm } from './alarm.ts';
import { describeError, type Ending, endingOf } from './ending.ts';
import { invocationContext, invocationEvent, type Pace } from './invocation.ts';
import type { LiveExecution } from './live-execution.ts';

/** One invocation that has ended. `THREW`: the function failed as a whole and is invoked again after a pause. */
export interface InvocationInfo {
  readonly arn: string;
  readonly functionName: string;
  readonly name: string;
  readonly outcome: 'SUCCEEDED' | 'FAILED' | 'PENDING' | 'THREW';
  /** How long it took, in milliseconds of the clock. */
  readonly milliseconds: number;
  readonly error?: unknown;
}

export interface RunnerOptions {
  readonly live: LiveExecution;
  readonly handler: DurableLambdaHandler;
  readonly functionTimeoutSeconds: number;
  readonly pace: Pace;
  onEnd(ending: Ending): void;
  onInvocation(info: InvocationInfo): void;
}

/** After so many invocations in a row that threw, the execution fails. AWS gives no number. */
const mostFailures = 8;

/** Runs one execution: one invocation at a time, again whenever something it waits for has happened. */
export class Runner {
  readonly live: LiveExecution;
  readonly #options: RunnerOptions;
  readonly #due: Alarm;
  readonly #retry: Alarm;
  #running = false;
  #wanted = false;
  #failures = 0;
  #closed = false;

  constructor(options: RunnerOptions) {
    this.live = options.live;
    this.#options = options;
    this.#due = new Alarm(options.pace.clock, () => this.catchUp());
    this.#retry = new Alarm(options.pace.clock, () => this.wake());
  }

  /** Whether an invocation is under way or about to start. */
  get busy(): boolean {
    return this.#running && !this.#closed;
  }

  /** Invokes the function soon, or again when the invocation under way has ended. */
  wake(): void {
    if (this.#closed) return;
    this.arm();
    this.#wanted = this.#running;
    if (this.#running) return;
    this.#running = true;
    this.#retry.clear();
    setImmediate(() => this.#invoke());
  }

  /** Sets the timer for what is next due; to be called when that may have changed, or the clock jumped. */
  arm(): void {
    if (!this.#closed) this.#due.set(this.live.nextDue);
  }

  /** Does what has come due by now: also for a timer that has not noticed a jump of the clock yet. */
  catchUp(): void {
    const now = this.#options.pace.clock.now();
    if (this.live.deadline <= now) this.#options.onEnd({ status: 'TIMED_OUT' });
    else if (this.live.settleDue(now)) this.wake();
    else this.arm();
  }

  /** Sets both timers anew after the clock jumped or changed its speed. */
  rearm(): void {
    this.arm();
    this.#retry.rearm();
  }

  /** Ends the timers; what an invocation still under way answers is ignored. */
  close(): void {
    this.#closed = true;
    this.#due.clear();
    this.#retry.clear();
  }

  async #invoke(): Promise<void> {
    if (this.#closed) return;
    this.#wanted = false;
    const { handler, functionTimeoutSeconds, pace } = this.#options;
    const startedAt = pace.clock.now();
    try {
      const context = invocationContext(this.live, functionTimeoutSeconds, pace);
      const output = await handler(invocationEvent(this.live, pace), context);
      if (this.#closed) return;
      this.#report(output.Status, startedAt);
      this.#conclude(output);
    } catch (error) {
      if (this.#closed) return;
      this.#report('THREW', startedAt, error);
      this.#pauseAfter(error);
    }
  }

  #conclude(output: DurableExecutionInvocationOutput): void {
    this.#running = false;
    this.#failures = 0;
    const ending = endingOf(output);
    if (ending) this.#options.onEnd(ending);
    else if (this.#wanted || this.live.hasChanges()) this.wake();
    else this.arm();
  }

  /** An invocation that threw is repeated with growing pauses: 0.4, 0.8 … 25.6 s of the clock. */
  #pauseAfter(error: unknown): void {
    this.#running = false;
    this.#failures += 1;
    const pause = 200 * 2 ** this.#failures;
    if (this.#failures < mostFailures) this.#retry.set(this.#options.pace.clock.now() + pause);
    else this.#options.onEnd({ status: 'FAILED', error: describeError(error) });
  }

  #report(outcome: InvocationInfo['outcome'], startedAt: number, error?: unknown): void {
    const { arn, functionName, name } = this.live.row;
    const milliseconds = this.#options.pace.clock.now() - startedAt;
    this.#options.onInvocation({ arn, functionName, name, outcome, milliseconds, error });
  }
}
