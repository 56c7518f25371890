import type { Clock } from '../../src/clock.ts';

/** Makes the ids and timestamps of one workspace. */
export interface Ids {
  /** A message's timestamp on the sandbox's clock, never the same twice: `1763600000.000100`. */
  timestamp(): string;
  /** An id with this prefix, never the same twice. */
  next(prefix: string): string;
}

/** Ids and timestamps that go on from this clock's time. */
export function createIds(clock: Clock): Ids {
  let lastMicrosecond = 0;
  let count = 0;
  return {
    timestamp() {
      lastMicrosecond = Math.max(lastMicrosecond + 1, Math.floor(clock.now()) * 1000);
      const seconds = Math.floor(lastMicrosecond / 1e6);
      return `${seconds}.${String(lastMicrosecond % 1e6).padStart(6, '0')}`;
    },
    next(prefix) {
      count += 1;
      return `${prefix}${count.toString(36).toUpperCase().padStart(8, '0')}`;
    },
  };
}
