/** What can be broken about a registry while it runs. Everything else about it stays as it is. */
export interface Knobs {
  /** `refuse`: nothing listens. `reset`: the connection is cut. `unavailable`: 503 to everything. */
  readonly down: 'no' | 'refuse' | 'reset' | 'unavailable';
  /** Milliseconds of the clock that every answer takes. */
  readonly slowMs: number;
  /** A proxy's own page with status 200 to everything. */
  readonly htmlPage: boolean;
  /** 429 to everything, the login included. */
  readonly throttled: boolean;
  /** A pull quota for each user, and one for all without a login, as Docker Hub has. Asking by HEAD is free. */
  readonly pullLimit: { readonly pulls: number; readonly windowMs: number } | null;
  /** Locks a user for `lockMs` after so many failed logins in a row. */
  readonly lockout: { readonly failures: number; readonly lockMs: number } | null;
}

export const allWell: Knobs = {
  down: 'no',
  slowMs: 0,
  htmlPage: false,
  throttled: false,
  pullLimit: null,
  lockout: null,
};
