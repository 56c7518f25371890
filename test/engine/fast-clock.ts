import { setImmediate as turn } from 'node:timers/promises';
import { type Clock, sleepOn } from '../../src/clock.ts';

/** A clock that stands still until it is told to go, or jumps from timer to timer while nothing is busy. */
export class FastClock implements Clock {
  readonly #timers = new Set<{ at: number; action: () => void }>();
  #now: number;

  constructor(now = Date.parse('2030-01-01T00:00:00Z')) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }

  /** Lets `ms` pass, timer by timer. */
  advance(ms: number): void {
    const end = this.#now + ms;
    while (this.#jumpTo(end)) {}
    this.#now = end;
  }

  /** Sets the clock forward without its timers noticing, as a suspended machine would. */
  leap(ms: number): void {
    this.#now += ms;
  }

  /** Jumps from timer to timer until `promise` settles, but not while `isBusy()`. Gives up after 20 real seconds. */
  async until<T>(promise: Promise<T>, isBusy: () => boolean): Promise<T> {
    let settled = false;
    const done = promise.finally(() => {
      settled = true;
    });
    done.catch(() => undefined);
    const giveUp = performance.now() + 20_000;
    while (!settled) {
      if (performance.now() > giveUp)
        throw new Error(`still waiting at ${new Date(this.#now).toISOString()}`);
      await turn();
      if (!settled && !isBusy()) this.#jumpTo(Number.POSITIVE_INFINITY);
    }
    return done;
  }

  #jumpTo(end: number): boolean {
    const due = [...this.#timers].sort((a, b) => a.at - b.at)[0];
    if (!due || due.at > end) return false;
    this.#timers.delete(due);
    this.#now = Math.max(this.#now, due.at);
    due.action();
    return true;
  }
}
