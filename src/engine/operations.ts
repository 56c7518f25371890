import type { Operation, OperationStatus, OperationUpdate, StepDetails } from '@aws/durable-execution-sdk-js';
import { refuseCheckpoint } from './fault.ts';

/**
 * The operation after `update`, with `before` left as it was. `at` is in milliseconds of the engine's clock;
 * `newCallbackId` is asked once for a CALLBACK that starts.
 * @throws {DurableExecutionClientError} scope EXECUTION, for a transition the service refuses.
 */
export function applyUpdate(
  before: Operation | undefined,
  update: OperationUpdate,
  at: number,
  newCallbackId: () => string,
): Operation {
  checkTransition(before, update);
  const next = changeStatus(before ?? newOperation(update, at), update, at);
  switch (update.Type) {
    case 'STEP':
      return { ...next, StepDetails: changeStep(before?.StepDetails, update, at) };
    case 'WAIT':
      return update.Action === 'START'
        ? { ...next, WaitDetails: { ScheduledEndTimestamp: later(at, update.WaitOptions?.WaitSeconds) } }
        : next;
    case 'CONTEXT':
      return { ...next, ContextDetails: changeContext(before, update) };
    case 'CALLBACK':
      return update.Action === 'START' ? { ...next, CallbackDetails: { CallbackId: newCallbackId() } } : next;
    case 'CHAINED_INVOKE':
      throw refuseCheckpoint('context.invoke is not supported by the embedded engine.');
    case 'EXECUTION':
    case undefined:
      throw refuseCheckpoint('Unknown operation type.');
    default:
      return update.Type satisfies never;
  }
}

/**
 * The operations a new invocation is given: children of a finished context are left out, as the service does,
 * unless the context asked for them to be replayed.
 */
export function visibleOperations(operations: ReadonlyMap<string, Operation>): Operation[] {
  const hidden = new Set<string>();
  return [...operations.values()].filter((operation) => {
    const parent = operation.ParentId === undefined ? undefined : operations.get(operation.ParentId);
    if (!parent?.Id || !(hidden.has(parent.Id) || hidesChildren(parent))) return true;
    if (operation.Id) hidden.add(operation.Id);
    return false;
  });
}

/** Whether nothing can change an operation of this status any more. */
export function isFinal(status: OperationStatus | undefined): boolean {
  return status !== undefined && !['STARTED', 'PENDING', 'READY'].includes(status);
}

/** Which statuses an action may find, `none` where the operation need not exist; as in AWS's testing package. */
const allowedFrom: Record<string, readonly (OperationStatus | 'none')[]> = {
  'STEP START': ['none', 'READY'],
  'STEP SUCCEED': ['none', 'STARTED', 'READY'],
  'STEP FAIL': ['none', 'STARTED', 'READY'],
  'STEP RETRY': ['none', 'STARTED', 'READY'],
  'CONTEXT START': ['none'],
  'CONTEXT SUCCEED': ['none', 'STARTED'],
  'CONTEXT FAIL': ['none', 'STARTED'],
  'WAIT START': ['none'],
  'WAIT CANCEL': ['STARTED'],
  'CALLBACK START': ['none'],
  'CALLBACK CANCEL': ['STARTED'],
  'CHAINED_INVOKE START': ['none'],
};

function checkTransition(before: Operation | undefined, update: OperationUpdate): void {
  const from = before?.Status ?? 'none';
  if (!update.Id) throw refuseCheckpoint('Operation update must have an Id.');
  if (before && before.Type !== update.Type) throw refuseCheckpoint('An operation cannot change its type.');
  if (!allowedFrom[`${update.Type} ${update.Action}`]?.includes(from))
    throw refuseCheckpoint(`Cannot ${update.Action} a ${update.Type} that is ${from}.`);
}

function newOperation(update: OperationUpdate, at: number): Operation {
  return {
    Id: update.Id,
    ParentId: update.ParentId,
    Name: update.Name,
    Type: update.Type,
    SubType: update.SubType,
    StartTimestamp: new Date(at),
    Status: 'STARTED',
  };
}

function changeStatus(operation: Operation, update: OperationUpdate, at: number): Operation {
  const status = statusAfter[update.Action ?? 'START'];
  return { ...operation, Status: status, ...(isFinal(status) ? { EndTimestamp: new Date(at) } : {}) };
}

const statusAfter = {
  START: 'STARTED',
  SUCCEED: 'SUCCEEDED',
  FAIL: 'FAILED',
  CANCEL: 'CANCELLED',
  RETRY: 'PENDING',
} as const satisfies Record<NonNullable<OperationUpdate['Action']>, OperationStatus>;

/** An attempt counts when it ends, not when it starts. */
function changeStep(before: StepDetails | undefined, update: OperationUpdate, at: number): StepDetails {
  if (update.Action === 'START') return { ...before, NextAttemptTimestamp: undefined };
  const next = update.Action === 'RETRY' ? later(at, update.StepOptions?.NextAttemptDelaySeconds) : undefined;
  return {
    Attempt: (before?.Attempt ?? 0) + 1,
    Result: update.Payload,
    Error: update.Error,
    NextAttemptTimestamp: next,
  };
}

function changeContext(before: Operation | undefined, update: OperationUpdate): Operation['ContextDetails'] {
  return {
    ReplayChildren: update.ContextOptions?.ReplayChildren ?? before?.ContextDetails?.ReplayChildren,
    Result: update.Payload,
    Error: update.Error,
  };
}

function hidesChildren(parent: Operation): boolean {
  return parent.Type === 'CONTEXT' && isFinal(parent.Status) && !parent.ContextDetails?.ReplayChildren;
}

function later(at: number, seconds = 0): Date {
  return new Date(at + seconds * 1000);
}
