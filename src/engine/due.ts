import type { Operation } from '@aws/durable-execution-sdk-js';
import type { OpenCallback } from './callbacks.ts';

/** Milliseconds of the clock at which an operation changes by itself; undefined where it does not. */
export function dueAt(operation: Operation): number | undefined {
  if (operation.Type === 'WAIT' && operation.Status === 'STARTED')
    return operation.WaitDetails?.ScheduledEndTimestamp?.getTime();
  if (operation.Type === 'STEP' && operation.Status === 'PENDING')
    return operation.StepDetails?.NextAttemptTimestamp?.getTime();
  return undefined;
}

/** The operation once its time has come: a wait is over, a step may be tried again. */
export function passDue(operation: Operation, at: number): Operation {
  return operation.Type === 'WAIT'
    ? { ...operation, Status: 'SUCCEEDED', EndTimestamp: new Date(at) }
    : { ...operation, Status: 'READY' };
}

/** The earliest instant at which anything of an execution is due, `deadline` at the latest. */
export function nextDue(
  operations: Iterable<Operation>,
  callbacks: Iterable<OpenCallback>,
  deadline: number,
): number {
  let due = deadline;
  for (const operation of operations) due = Math.min(due, dueAt(operation) ?? due);
  for (const callback of callbacks)
    due = Math.min(due, callback.expiresAt ?? due, callback.heartbeatAt ?? due);
  return due;
}
