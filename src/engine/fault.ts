import { DurableExecutionClientError, DurableExecutionClientErrorScope } from '@aws/durable-execution-sdk-js';

/** An error of the Lambda API: `type` is the exception's name on the wire, `status` the HTTP status. */
export class LambdaFault extends Error {
  readonly type: string;
  readonly status: number;

  constructor(type: string, message: string, status = 400) {
    super(message);
    this.name = type;
    this.type = type;
    this.status = status;
  }
}

/**
 * A checkpoint the service refuses for good: the SDK turns it into a failed execution. AWS does not say which
 * exception each broken limit gives; a 4xx one is what the SDK classes as final, so all of them are this.
 */
export function refuseCheckpoint(message: string): DurableExecutionClientError {
  return new DurableExecutionClientError(message, { scope: DurableExecutionClientErrorScope.EXECUTION });
}

/** A checkpoint of an invocation that is no longer the current one: only that invocation ends. */
export function refuseInvocation(message: string): DurableExecutionClientError {
  return new DurableExecutionClientError(message, { scope: DurableExecutionClientErrorScope.INVOCATION });
}
