import type { Clock } from '../../../src/clock.ts';

/** The stand-in's timers on the sandbox's clock, all of which end with `close`. */
export interface Timers {
  now(): number;
  /** Runs `action` once after `ms`; returns a function that cancels it. Does nothing after `close`. */
  after(ms: number, action: () => void): () => void;
  /** Resolves after `ms`; after `close` it never does, so that nothing goes on behind a closed stand-in. */
  sleep(ms: number): Promise<void>;
  readonly closed: boolean;
  close(): void;
}

/** Timers on `clock`, none of which outlives `close`. */
export function createTimers(clock: Clock): Timers {
  const pending = new Set<() => void>();
  let closed = false;
  const after = (ms: number, action: () => void): (() => void) => {
    if (closed) return () => undefined;
    const stop = clock.after(ms, () => {
      pending.delete(cancel);
      action();
    });
    const cancel = (): void => {
      pending.delete(cancel);
      stop();
    };
    pending.add(cancel);
    return cancel;
  };
  return {
    now: () => clock.now(),
    after,
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    get closed() {
      return closed;
    },
    close() {
      closed = true;
      for (const cancel of [...pending]) cancel();
    },
  };
}
