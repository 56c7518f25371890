import { randomUUID } from 'node:crypto';
import type { Operation } from '@aws/durable-execution-sdk-js';
import type { ExecutionRow } from './execution-row.ts';
import { LambdaFault } from './fault.ts';
import { bytesOf, checkExecutionName, checkInput } from './limits.ts';
import type { Store } from './store.ts';

/** What is asked for when an execution is started. */
export interface NewExecution {
  readonly region: string;
  readonly account: string;
  readonly functionName: string;
  readonly version: string;
  readonly name: string;
  readonly payload: string;
  readonly timeoutSeconds: number;
  /** Milliseconds of the engine's clock. */
  readonly at: number;
}

/**
 * Writes a new execution, or finds the one of the same name and input.
 * @throws {LambdaFault} DurableExecutionAlreadyStartedException (409) when the name is taken by another input;
 * InvalidParameterValueException, InvalidRequestContentException or RequestTooLargeException for a bad request.
 */
export function insertExecution(store: Store, wanted: NewExecution): { row: ExecutionRow; created: boolean } {
  checkExecutionName(wanted.name);
  checkInput(wanted.payload);
  const known = store.executionNamed(wanted.functionName, wanted.name);
  if (known && known.payload !== wanted.payload)
    throw new LambdaFault(
      'DurableExecutionAlreadyStartedException',
      `The execution ${wanted.name} was started with another input.`,
      409,
    );
  if (known) return { row: known, created: false };
  const row = newRow(wanted);
  store.insert(row, executionOperation(row));
  return { row, created: true };
}

function newRow({
  region,
  account,
  functionName,
  version,
  name,
  payload,
  ...wanted
}: NewExecution): ExecutionRow {
  const functionArn = `arn:aws:lambda:${region}:${account}:function:${functionName}:${version}`;
  return {
    arn: `${functionArn}/durable-execution/${name}/${randomUUID()}`,
    functionName,
    version,
    name,
    payload,
    status: 'RUNNING',
    result: undefined,
    error: undefined,
    startedAt: wanted.at,
    endedAt: undefined,
    timeoutSeconds: wanted.timeoutSeconds,
    usage: { operations: 1, bytes: bytesOf(payload) },
  };
}

/** The first operation of every execution: itself, with its input. */
function executionOperation(row: ExecutionRow): Operation {
  return {
    Id: randomUUID(),
    Type: 'EXECUTION',
    Status: 'STARTED',
    StartTimestamp: new Date(row.startedAt),
    ExecutionDetails: { InputPayload: row.payload },
  };
}
