import type { ErrorObject, Operation, OperationUpdate } from '@aws/durable-execution-sdk-js';
import { LambdaFault, refuseCheckpoint } from './fault.ts';

/** What the real service allows: AWS Lambda's quotas page for durable functions, API model and SDK code. */
export const limits = {
  /** Metered operations of one execution; fixed. */
  operations: 3_000,
  /** Bytes written by one execution, inputs, results and errors together; fixed. */
  writtenBytes: 100 * 1024 * 1024,
  /** One checkpoint's payload: a step's, child context's or callback's result. */
  payloadBytes: 256 * 1024,
  /** An update that carries an error, as AWS's own testing package measures it. */
  errorBytes: 32 * 1024,
  /** The input of an asynchronous invocation. */
  inputBytes: 1024 * 1024,
  /** The input of a synchronous invocation. */
  syncInputBytes: 6 * 1024 * 1024,
  executionTimeoutSeconds: 31_622_400,
} as const;

/** What an execution has used up so far. */
export interface Usage {
  readonly operations: number;
  readonly bytes: number;
}

/**
 * The usage after one more update.
 * @throws {DurableExecutionClientError} scope EXECUTION, when a limit is passed: the execution fails.
 */
export function chargeUpdate(usage: Usage, before: Operation | undefined, update: OperationUpdate): Usage {
  checkSizes(update);
  const bytes = bytesOf(update.Payload) + (update.Error ? bytesOf(JSON.stringify(update.Error)) : 0);
  return checkUsage({
    operations: usage.operations + operationsMetered(before, update),
    bytes: usage.bytes + bytes,
  });
}

/** `usage` itself, or an error when it passes what one execution may use. */
export function checkUsage(usage: Usage): Usage {
  if (usage.operations > limits.operations)
    throw refuseCheckpoint(`The execution passed ${limits.operations} operations.`);
  if (usage.bytes > limits.writtenBytes)
    throw refuseCheckpoint(`The execution wrote more than ${limits.writtenBytes} bytes.`);
  return usage;
}

/**
 * How many operations AWS meters for an update. An operation costs 1 when it first appears and a step 1 for each
 * retry; waitForCondition costs 1 and 1 for each poll, its last one included. So waitForCallback comes to 3 and
 * its retries (context, callback, submitter step), a map of N items to 1 + N and what is inside.
 */
export function operationsMetered(before: Operation | undefined, update: OperationUpdate): number {
  const first = before === undefined && update.Type !== 'EXECUTION' ? 1 : 0;
  const polls = update.SubType === 'WaitForCondition';
  const again = update.Action === 'RETRY' || (polls && update.Action !== 'START') ? 1 : 0;
  return first + again;
}

/** @throws {LambdaFault} InvalidParameterValueException unless 1-64 of letters, digits, `-` and `_`. */
export function checkExecutionName(name: string): void {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(name))
    throw new LambdaFault('InvalidParameterValueException', `"${name}" is not a valid execution name.`);
}

/** @throws {LambdaFault} InvalidParameterValueException unless in the form the API model gives. */
export function checkCallbackId(id: string): void {
  if (id.length > 1024 || !/^[A-Za-z0-9+/]+={0,2}$/.test(id))
    throw new LambdaFault('InvalidParameterValueException', 'The callback id is not valid.');
}

/**
 * Checks what a callback is completed with. The API model allows 1 MB of result, older pages of the guide say
 * 256 KB: the smaller one is held to.
 * @throws {LambdaFault} InvalidParameterValueException.
 */
export function checkCallbackOutcome(outcome: { Result?: string; Error?: ErrorObject }): void {
  if (bytesOf(outcome.Result) > limits.payloadBytes)
    throw new LambdaFault('InvalidParameterValueException', 'The callback result is larger than 256 KB.');
  if (outcome.Error) checkErrorSize(outcome.Error);
}

/** @throws {LambdaFault} InvalidParameterValueException when the error is larger than 32 KB. */
export function checkErrorSize(error: ErrorObject): void {
  if (bytesOf(JSON.stringify(error)) > limits.errorBytes)
    throw new LambdaFault('InvalidParameterValueException', 'The error object is larger than 32 KB.');
}

/**
 * Checks the input of an execution.
 * @throws {LambdaFault} RequestTooLargeException (413) or InvalidRequestContentException.
 */
export function checkInput(payload: string): void {
  if (bytesOf(payload) > limits.inputBytes)
    throw new LambdaFault('RequestTooLargeException', 'The input is larger than 1 MB.', 413);
  try {
    if (payload !== '') JSON.parse(payload);
  } catch {
    throw new LambdaFault('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}

export function bytesOf(text: string | undefined): number {
  return text === undefined ? 0 : Buffer.byteLength(text, 'utf8');
}

/** An execution's own result is exempt: the SDK checkpoints one that is too large to be returned (over 6 MB). */
function checkSizes(update: OperationUpdate): void {
  const named = update.Name ?? update.Id ?? 'unnamed';
  if (update.Type !== 'EXECUTION' && bytesOf(update.Payload) > limits.payloadBytes)
    throw refuseCheckpoint(`The payload of "${named}" is larger than ${limits.payloadBytes} bytes.`);
  if (update.Error && bytesOf(JSON.stringify(update)) > limits.errorBytes)
    throw refuseCheckpoint(`Error object size must be less than ${limits.errorBytes} bytes ("${named}").`);
}
