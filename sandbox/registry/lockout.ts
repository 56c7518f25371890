import type { Clock } from '../../src/clock.ts';
import type { Knobs } from './knobs.ts';
import type { Users } from './users.ts';

/** What became of a login: its id, a refusal, or how long the user is still locked. */
export type LoginOutcome =
  | { readonly kind: 'user'; readonly name: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'locked'; readonly forMs: number };

/** Checks logins and counts failures. A locked user's right password is not looked at either, as at Docker Hub. */
export interface Gate {
  check(login: { readonly name: string; readonly password: string }): LoginOutcome;
}

interface Failures {
  count: number;
  lockedUntil: number;
}

export function createGate(clock: Clock, users: Users, knobs: () => Knobs): Gate {
  const failures = new Map<string, Failures>();
  return {
    check({ name, password }) {
      const { lockout } = knobs();
      const past = failures.get(name) ?? { count: 0, lockedUntil: 0 };
      const now = clock.now();
      if (lockout && past.lockedUntil > now) return { kind: 'locked', forMs: past.lockedUntil - now };
      const login = users.findLogin(name, password);
      if (login !== undefined) {
        failures.delete(name);
        return { kind: 'user', name: login };
      }
      failures.set(name, afterFailure(past, now, lockout));
      return { kind: 'refused' };
    },
  };
}

function afterFailure(past: Failures, now: number, lockout: Knobs['lockout']): Failures {
  const count = past.count + 1;
  if (!lockout || count < lockout.failures) return { count, lockedUntil: 0 };
  return { count: 0, lockedUntil: now + lockout.lockMs };
}
