import type { HostFamily } from './host/directory.ts';
import type { Host } from './host/host.ts';

/** A managed node. `stopped` ones make SendCommand refuse the lot; to `lost` ones nothing is ever delivered. */
export interface NodeRecord {
  readonly instanceId: string;
  readonly family: HostFamily;
  readonly tags: Readonly<Record<string, string>>;
  readonly host: Host;
  ping: 'online' | 'lost' | 'stopped';
  /** From sending to the start of the script, in ms of the sandbox's clock. */
  deliveryMs: number;
}

/** SendCommand once accepted. Times are milliseconds of the sandbox's clock. */
export interface CommandRecord {
  readonly id: string;
  readonly at: number;
  readonly expiresAt: number;
  readonly documentName: string;
  readonly comment: string;
  /** As they were sent: whoever may list commands reads them for 30 days. */
  readonly parameters: Readonly<Record<string, readonly string[]>>;
  readonly instanceIds: readonly string[];
  readonly targets: readonly Target[];
  readonly maxConcurrency: string;
  readonly maxErrors: string;
  readonly invocations: readonly InvocationRecord[];
  readonly script: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly stepName: string;
  cancelled: boolean;
}

export interface Target {
  readonly key: string;
  readonly values: readonly string[];
}

/** StatusDetails of the API; Status follows from it. */
export type InvocationState =
  | 'Pending'
  | 'InProgress'
  | 'Success'
  | 'Failed'
  | 'Cancelled'
  | 'Terminated'
  | 'DeliveryTimedOut'
  | 'Undeliverable';

export interface InvocationRecord {
  readonly instanceId: string;
  /** Undefined where there is no such node. */
  readonly node: NodeRecord | undefined;
  readonly stop: AbortController;
  state: InvocationState;
  startedAt: number | undefined;
  endedAt: number | undefined;
  code: number;
  stdout: string;
  stderr: string;
}

export interface SsmKnobs {
  /** How long GetCommandInvocation knows nothing of a command that was just sent. */
  lagMs: number;
  /** Forces pages of at most this many. */
  maxPage: number;
}

export interface SsmState {
  readonly nodes: Map<string, NodeRecord>;
  /** Newest first. */
  readonly commands: CommandRecord[];
  readonly knobs: SsmKnobs;
}
