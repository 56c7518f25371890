import type { ContainerRecord, TaskRecord } from '../state.ts';

/** What came of starting a task's containers. `reason` is what `stoppedReason` says. */
export type StartOutcome =
  | { readonly kind: 'started' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Takes a PENDING task through secrets and pulls, writing reasons, digests and pull times on its records. */
export type StartContainers = (task: TaskRecord) => Promise<StartOutcome>;

/** A first task has found out which digest a container's tag means. */
export type OnResolved = (task: TaskRecord, container: ContainerRecord, digest: string) => void;

const REASON_LIMIT = 1024;

/** Keeps the first error of a container's life, as the agent does; nothing ever clears it. */
export function keepFirstReason(container: ContainerRecord, reason: string): void {
  container.reason ??= clipReason(reason);
}

/** The API shows at most 1024 characters of a reason. */
export const clipReason = (reason: string): string => reason.slice(0, REASON_LIMIT);
