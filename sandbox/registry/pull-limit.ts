import type { Clock } from '../../src/clock.ts';
import type { Knobs } from './knobs.ts';

/** What is left of a pull quota, with the headers that tell it. `resetMs`: until the window ends. */
export interface Quota {
  readonly spent: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly resetMs: number;
}

/** Counts pulls in windows that begin with the first pull. */
export interface PullCounter {
  /** Takes one pull from `who` where `counted` and one is left; looking only is never refused, as at Docker Hub. */
  count(who: string, counted: boolean, limit: Knobs['pullLimit']): Quota;
}

export function createPullCounter(clock: Clock): PullCounter {
  const windows = new Map<string, { endsAt: number; pulls: number }>();
  return {
    count(who, counted, limit) {
      if (!limit) return { spent: false, headers: {}, resetMs: 0 };
      const now = clock.now();
      const known = windows.get(who);
      const current = known && known.endsAt > now ? known : { endsAt: now + limit.windowMs, pulls: 0 };
      const spent = counted && current.pulls >= limit.pulls;
      if (counted && !spent) current.pulls++;
      windows.set(who, current);
      return { spent, headers: quotaHeaders(who, limit, current.pulls), resetMs: current.endsAt - now };
    },
  };
}

function quotaHeaders(who: string, limit: NonNullable<Knobs['pullLimit']>, used: number) {
  const window = `w=${Math.round(limit.windowMs / 1000)}`;
  return {
    'ratelimit-limit': `${limit.pulls};${window}`,
    'ratelimit-remaining': `${Math.max(0, limit.pulls - used)};${window}`,
    'docker-ratelimit-source': who,
  };
}
