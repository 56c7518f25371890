import type { ErrorObject } from '@aws/durable-execution-sdk-js';
import type { Usage } from './limits.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';

/** One execution as it is kept. Instants are milliseconds of the engine's clock. */
export interface ExecutionRow {
  readonly arn: string;
  readonly functionName: string;
  /** `$LATEST` or a version's number. */
  readonly version: string;
  readonly name: string;
  /** The input, as the JSON text that came. */
  readonly payload: string;
  readonly status: ExecutionStatus;
  /** JSON text. */
  readonly result: string | undefined;
  readonly error: ErrorObject | undefined;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly timeoutSeconds: number;
  readonly usage: Usage;
}

/** The ARN of the function an execution belongs to, with its version. */
export function functionArnOf(row: Pick<ExecutionRow, 'arn'>): string {
  return row.arn.slice(0, row.arn.indexOf('/'));
}

/** The fields of a JSON text that hold instants are dates again. */
export function parseWithDates<T>(text: string): T {
  // The text is what JSON.stringify made of a T a moment or a restart ago.
  return JSON.parse(text, (key, value) =>
    typeof value === 'string' && key.endsWith('Timestamp') ? new Date(value) : value,
  ) as T;
}
