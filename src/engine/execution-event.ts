import { randomUUID } from 'node:crypto';
import { type ExecutionRow, type ExecutionStatus, functionArnOf } from './execution-row.ts';

/** The EventBridge event of a durable execution that has changed its status. */
export interface DurableExecutionEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'Durable Execution Status Change';
  readonly source: 'aws.lambda';
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: {
    readonly durableExecutionArn: string;
    readonly durableExecutionName: string;
    readonly functionArn: string;
    readonly status: ExecutionStatus;
    /** ISO 8601 with milliseconds. */
    readonly startTimestamp: string;
    /** Only where the execution has ended. */
    readonly endTimestamp?: string;
  };
}

/**
 * The event EventBridge would deliver for an execution as it stands. The shape is the sample in the Lambda guide
 * ("Monitoring durable functions", EventBridge events), which also says that endTimestamp comes with the final
 * statuses; no event of the real service was seen. Neither input, result nor error is in it.
 */
export function executionEvent(row: ExecutionRow): DurableExecutionEvent {
  const [, , , region = '', account = ''] = row.arn.split(':');
  const changedAt = new Date(row.endedAt ?? row.startedAt).toISOString();
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Durable Execution Status Change',
    source: 'aws.lambda',
    account,
    time: changedAt.replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [],
    detail: {
      durableExecutionArn: row.arn,
      durableExecutionName: row.name,
      functionArn: functionArnOf(row),
      status: row.status,
      startTimestamp: new Date(row.startedAt).toISOString(),
      ...(row.endedAt === undefined ? {} : { endTimestamp: changedAt }),
    },
  };
}
