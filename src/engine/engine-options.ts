import type { Clock } from '../clock.ts';
import type { ExecutionRow } from './execution-row.ts';
import type { InvocationInfo } from './runner.ts';
import type { CheckpointInfo } from './transport.ts';

export interface EngineOptions {
  /** The database file; `:memory:` for an engine without a memory. Only one engine may have it open. */
  readonly path: string;
  readonly clock: Clock;
  /** Clock milliseconds in one real millisecond; 1 where not given. Only the SDK's own timers need it. */
  readonly speed?: () => number;
  readonly region?: string;
  readonly account?: string;
  /** Called once when an execution has ended, whatever the end; not again for one that ended before a kill. */
  readonly onFinished?: (row: ExecutionRow) => void;
  readonly onInvocation?: (info: InvocationInfo) => void;
  /** Called before and after each checkpoint is written; see {@link CheckpointInfo}. */
  readonly onCheckpoint?: (info: CheckpointInfo) => void | Promise<void>;
}

export interface RegisterOptions {
  /** 1 s to 366 days. */
  readonly executionTimeoutSeconds: number;
  /** What getRemainingTimeInMillis counts down from; 900 (Lambda's most) where not given. Not enforced. */
  readonly functionTimeoutSeconds?: number;
}
