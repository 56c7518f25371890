import { type Clock, sleepOn } from '../../../src/clock.ts';

/** A clock that stands still until a test moves it. */
export interface HandClock extends Clock {
  /** Moves on by `ms` and runs, in order, what falls due on the way. */
  advance(ms: number): void;
}

export function createHandClock(start = Date.UTC(2026, 10, 20, 14)): HandClock {
  let now = start;
  let timers: { at: number; action: () => void }[] = [];
  const after = (ms: number, action: () => void) => {
    const timer = { at: now + ms, action };
    timers.push(timer);
    return () => {
      timers = timers.filter((one) => one !== timer);
    };
  };
  const advance = (ms: number) => {
    const end = now + ms;
    for (;;) {
      const due = timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (!due) break;
      timers = timers.filter((one) => one !== due);
      now = due.at;
      due.action();
    }
    now = end;
  };
  return { now: () => now, after, sleep: (ms, signal) => sleepOn({ after }, ms, signal), advance };
}
