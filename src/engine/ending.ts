import type { DurableExecutionInvocationOutput, ErrorObject } from '@aws/durable-execution-sdk-js';
import type { ExecutionStatus } from './execution-row.ts';
import { bytesOf, limits } from './limits.ts';

/** How an execution ended. */
export interface Ending {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly result?: string | undefined;
  readonly error?: ErrorObject | undefined;
}

/** How an invocation's answer ends the execution; undefined when it goes on. */
export function endingOf(output: DurableExecutionInvocationOutput): Ending | undefined {
  switch (output.Status) {
    case 'SUCCEEDED':
      return { status: 'SUCCEEDED', result: output.Result };
    case 'FAILED':
      return { status: 'FAILED', error: output.Error };
    case 'PENDING':
      return undefined;
    default:
      return output satisfies never;
  }
}

/** What was thrown, as the error of an execution. */
export function describeError(error: unknown): ErrorObject {
  return error instanceof Error
    ? { ErrorType: error.name, ErrorMessage: error.message }
    : { ErrorType: 'Error', ErrorMessage: String(error) };
}

/** AWS caps the error of an execution; which error a larger one gives is not known, so it says what is wrong. */
export function withinErrorLimit(ending: Ending): Ending {
  if (!ending.error || bytesOf(JSON.stringify(ending.error)) <= limits.errorBytes) return ending;
  const message = `The error of the execution is larger than ${limits.errorBytes} bytes.`;
  return { ...ending, error: { ErrorType: ending.error.ErrorType?.slice(0, 256), ErrorMessage: message } };
}
