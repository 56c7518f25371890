import type { Clock, Credentials, Estate, Ledger, Registry } from '../ports.ts';

/** What the checks may use. They read values and try logins, and answer words, counts and findings. */
export interface CheckingDeps {
  readonly estate: Estate;
  readonly credentials: Credentials;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Share of production's services in one group, 1 to 100. */
  readonly groupPercent: number;
}
