import { setImmediate as turn } from 'node:timers/promises';
import { type Clock, sleepOn } from '../../../../src/clock.ts';

/** A clock that jumps from timer to timer, and never while real requests are under way. */
export interface VirtualTime extends Clock {
  /** Lets `ms` pass. */
  pass(ms: number): Promise<void>;
  /** Lets time pass until `condition` holds; throws after `within` ms of this clock, two hours by default. */
  until(condition: () => boolean, within?: number): Promise<void>;
  readonly pendingTimers: number;
}

export function createVirtualTime(isBusy: () => boolean): VirtualTime {
  let now = Date.UTC(2026, 10, 20, 14);
  const timers = new Set<{ at: number; action: () => void }>();
  const after = (ms: number, action: () => void) => {
    const timer = { at: now + ms, action };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const settle = async () => {
    await turn();
    while (isBusy()) await turn();
    await turn();
  };
  const jump = (end: number): boolean => {
    const [due] = [...timers].sort((one, other) => one.at - other.at);
    if (due === undefined || due.at > end) return false;
    timers.delete(due);
    now = due.at;
    due.action();
    return true;
  };
  return {
    now: () => now,
    after,
    sleep: (ms, signal) => sleepOn({ after }, ms, signal),
    async pass(ms) {
      const end = now + ms;
      await settle();
      while (jump(end)) await settle();
      now = end;
    },
    async until(condition, within = 7_200_000) {
      const end = now + within;
      await settle();
      while (!condition()) {
        if (!jump(end)) throw new Error(`It did not come true within ${within} ms`);
        await settle();
      }
    },
    get pendingTimers() {
      return timers.size;
    },
  };
}
