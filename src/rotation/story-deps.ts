import type { Announcer, Checker, Clock, Credentials, Estate, Executions, Fleet, Ledger } from './ports.ts';
import type { Diagnose } from './rules/verdicts.ts';

/** Durations in milliseconds of the clock. */
export interface StorySettings {
  readonly pollMs: number;
  /** How long one watch step polls; below the function's timeout of 5 minutes. */
  readonly watchMs: number;
  readonly settleMs: number;
  /** How long one service may take from its restart, or one host. */
  readonly serviceLimitMs: number;
  /** Share of a cluster's hosts that change at a time, 1 to 100. */
  readonly groupPercent: number;
  /** How long an approval is waited for. */
  readonly approvalMs: number;
  readonly remindMs: number;
  /** Checks older than this are repeated after approval. */
  readonly checksKeepMs: number;
  readonly emergency: { readonly enabled: boolean; readonly afterMs: number };
  /** Approvals needed for a rotation of credentials in these targets. */
  approvalsFor(targets: readonly string[]): number;
}

/** Everything a verb of the story may use. */
export interface StoryDeps {
  readonly estate: Estate;
  readonly credentials: Credentials;
  /** Missing where no credential of kind `agent` can be changed. */
  readonly fleet?: Fleet;
  readonly checker: Checker;
  readonly ledger: Ledger;
  readonly announcer: Announcer;
  readonly executions: Executions;
  readonly clock: Clock;
  readonly diagnose: Diagnose;
  readonly settings: StorySettings;
}

export const defaultSettings: Omit<StorySettings, 'approvalsFor'> = {
  pollMs: 10_000,
  watchMs: 4 * 60_000,
  settleMs: 30_000,
  serviceLimitMs: 15 * 60_000,
  groupPercent: 20,
  approvalMs: 4 * 3_600_000,
  remindMs: 60 * 60_000,
  checksKeepMs: 15 * 60_000,
  emergency: { enabled: false, afterMs: 10 * 60_000 },
};
