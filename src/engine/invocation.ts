import { randomUUID } from 'node:crypto';
import type {
  DurableExecutionInvocationInput,
  DurableLambdaHandler,
  Operation,
} from '@aws/durable-execution-sdk-js';
import type { Clock } from '../clock.ts';
import { functionArnOf } from './execution-row.ts';
import type { LiveExecution } from './live-execution.ts';

type LambdaContext = Parameters<DurableLambdaHandler>[1];

/** Real milliseconds by which the SDK is told a later instant: asking too early it would ask again only after 1 s. */
const margin = 5;

/** How the engine's clock stands to the machine's. `speed`: clock milliseconds in one real millisecond. */
export interface Pace {
  readonly clock: Clock;
  speed(): number;
}

/** The event of one invocation, as the service sends it; takes the changes the workflow has not seen. */
export function invocationEvent(live: LiveExecution, pace: Pace): DurableExecutionInvocationInput {
  return {
    DurableExecutionArn: live.row.arn,
    CheckpointToken: live.renewToken(),
    UpdatedOperationIds: live.takeChanges().flatMap((operation) => operation.Id ?? []),
    InitialExecutionState: { Operations: inRealTime(live.visible(), pace), NextMarker: '' },
  };
}

/** The Lambda context of one invocation that may take `timeoutSeconds` of the clock from now. */
export function invocationContext(live: LiveExecution, timeoutSeconds: number, pace: Pace): LambdaContext {
  const end = pace.clock.now() + timeoutSeconds * 1000;
  return {
    functionName: live.row.functionName,
    functionVersion: live.row.version,
    invokedFunctionArn: functionArnOf(live.row),
    awsRequestId: randomUUID(),
    memoryLimitInMB: '512',
    logGroupName: `/aws/lambda/${live.row.functionName}`,
    logStreamName: live.row.name,
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => (end - pace.clock.now()) / pace.speed(),
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}

/**
 * The operations with the instants on which the SDK sets timers of its own translated to the machine's time: while
 * a step runs beside a wait it compares them with Date.now(), which a sandbox's clock has left behind.
 */
export function inRealTime(operations: readonly Operation[], pace: Pace): Operation[] {
  const clockNow = pace.clock.now();
  const realNow = Date.now();
  const real = (instant: Date | undefined) =>
    instant && new Date(realNow + (instant.getTime() - clockNow) / pace.speed() + margin);
  return operations.map((operation) => ({
    ...operation,
    ...(operation.WaitDetails && {
      WaitDetails: { ScheduledEndTimestamp: real(operation.WaitDetails.ScheduledEndTimestamp) },
    }),
    ...(operation.StepDetails && {
      StepDetails: {
        ...operation.StepDetails,
        NextAttemptTimestamp: real(operation.StepDetails.NextAttemptTimestamp),
      },
    }),
  }));
}
