import type { Clock, Credentials, Estate, Fleet, Ledger, Registry } from '../ports.ts';

/** What the checks may use. They read values and try logins, and answer words, counts and findings. */
export interface CheckingDeps {
  readonly estate: Estate;
  readonly credentials: Credentials;
  /** Missing where no credential of kind `agent` can be changed. */
  readonly fleet?: Fleet;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Share of production's services in one group, and of a cluster's hosts in one wave, 1 to 100. */
  readonly groupPercent: number;
}
