import { createHash } from 'node:crypto';
import {
  type Execution,
  InvokeCommand,
  type LambdaClient,
  ListDurableExecutionsByFunctionCommand,
  SendDurableExecutionCallbackSuccessCommand,
} from '@aws-sdk/client-lambda';
import { askAws, awsProblem } from '../aws-errors.ts';
import type { Executions } from '../rotation/ports.ts';
import type { RotationKey } from '../rotation/rules/rotation.ts';

export interface ExecutionsOptions {
  readonly client: LambdaClient;
  /** Name and alias: a durable function cannot be started without a qualifier. */
  readonly rotationFunction: string;
}

/** Durable executions of the workflow. Each is named after its rotation and generation, so a repeat starts no other. */
export function createExecutions({ client, rotationFunction }: ExecutionsOptions): Executions {
  return {
    async start({ registry, id }, generation) {
      const command = new InvokeCommand({
        FunctionName: rotationFunction,
        InvocationType: 'Event',
        DurableExecutionName: executionName({ registry, id }, generation),
        // Nothing that varies with time: another payload under the same name is an error.
        Payload: Buffer.from(JSON.stringify({ registry, id, generation })),
      });
      const facts = { action: 'lambda:InvokeFunction', resource: rotationFunction };
      await harmless(['DurableExecutionAlreadyStartedException'], () =>
        askAws(facts, () => client.send(command)),
      );
    },
    async statusOf(key, generation) {
      const found = await findExecution(client, rotationFunction, executionName(key, generation));
      if (!found) return 'none';
      return found.Status === 'RUNNING' ? 'running' : 'ended';
    },
    async ring(callbackId) {
      const command = new SendDurableExecutionCallbackSuccessCommand({ CallbackId: callbackId });
      const facts = { action: 'lambda:SendDurableExecutionCallbackSuccess', resource: rotationFunction };
      await harmless(nobodyWaits, () => askAws(facts, () => client.send(command)));
    },
  };
}

/** A callback that was rung before, timed out, or whose execution is over or forgotten. */
const nobodyWaits = [
  'CallbackTimeoutException',
  'ResourceNotFoundException',
  'InvalidParameterValueException',
];

/**
 * At most 64 of `[A-Za-z0-9-_]`. What a registry's name loses by that is made up for by its hash, so that `a.b` and
 * `a-b` do not share executions.
 */
export function executionName({ registry, id }: RotationKey, generation: number): string {
  const hash = createHash('sha256').update(`${registry} ${id}`).digest('hex').slice(0, 10);
  const shown = `${id}-${registry}`.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 40);
  return `${shown}-${hash}-${generation}`;
}

/** By name, of whichever version it began with: the alias has perhaps moved on. */
async function findExecution(
  client: LambdaClient,
  rotationFunction: string,
  name: string,
): Promise<Execution | undefined> {
  const FunctionName = withoutQualifier(rotationFunction);
  const facts = { action: 'lambda:ListDurableExecutionsByFunction', resource: FunctionName };
  let Marker: string | undefined;
  do {
    const command = new ListDurableExecutionsByFunctionCommand({
      FunctionName,
      DurableExecutionName: name,
      Marker,
    });
    const page = await askAws(facts, () => client.send(command));
    const found = page.DurableExecutions?.find(({ DurableExecutionName }) => DurableExecutionName === name);
    if (found) return found;
    Marker = page.NextMarker;
  } while (Marker);
  return undefined;
}

/** `rotate` of `rotate:live`, and the same of an ARN. */
function withoutQualifier(name: string): string {
  const [, whole = name] = /^((?:arn:[^:]+:lambda:[^:]+:\d+:function:)?[^:]+)(?::[^:]+)?$/.exec(name) ?? [];
  return whole;
}

async function harmless(problems: readonly string[], call: () => Promise<unknown>): Promise<void> {
  try {
    await call();
  } catch (error) {
    if (!problems.includes(awsProblem(error) ?? '')) throw error;
  }
}
