import type { Clock } from '../../src/clock.ts';

/** A clock whose sleeps take no time: they only move its hands, and are written down. */
export function createInstantClock(
  start: number,
): Clock & { readonly slept: number[]; advance(ms: number): void } {
  let time = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => time,
    advance(ms) {
      time += ms;
    },
    after(ms, action) {
      time += ms;
      action();
      return () => {};
    },
    sleep(ms) {
      if (ms > 0) slept.push(ms);
      time += ms;
      return Promise.resolve();
    },
  };
}
