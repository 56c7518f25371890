import { InvokeCommand, type InvokeCommandOutput, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { askAws } from '../aws-errors.ts';
import { RotateError } from '../errors.ts';

/** Another function of ours. */
export interface FunctionToCall {
  readonly client: LambdaClient;
  /** Name, or name and alias. */
  readonly name: string;
  /** The request holds a credential's value: then nothing that comes back is quoted. */
  readonly carriesValue?: boolean;
}

/**
 * Invokes and waits for the answer.
 * @throws {RotateError} `function-failed`, `function-answer-unreadable`, or as `askAws`
 */
export async function callFunction<T>(
  called: FunctionToCall,
  request: object,
  answer: z.ZodType<T>,
): Promise<T> {
  const output = await send(called, new InvokeCommand({ FunctionName: called.name, Payload: json(request) }));
  if (output.FunctionError) throw failed(called, output);
  const parsed = answer.safeParse(readPayload(output));
  if (parsed.success) return parsed.data;
  throw new RotateError('function-answer-unreadable', { function: called.name });
}

/** Invokes and does not wait: AWS has taken the request when this resolves. */
export async function startFunction(called: FunctionToCall, request: object): Promise<void> {
  await send(
    called,
    new InvokeCommand({ FunctionName: called.name, InvocationType: 'Event', Payload: json(request) }),
  );
}

function send(
  { client, name, carriesValue }: FunctionToCall,
  command: InvokeCommand,
): Promise<InvokeCommandOutput> {
  const facts = { action: 'lambda:InvokeFunction', resource: name, ...(carriesValue && { carriesValue }) };
  return askAws(facts, () => client.send(command));
}

const thrown = z.object({ errorType: z.string().optional(), errorMessage: z.string().optional() });

/** What the function threw is its own text for a person, except where it may quote what it was sent. */
function failed({ name, carriesValue }: FunctionToCall, output: InvokeCommandOutput): RotateError {
  const { errorType = 'unknown', errorMessage = errorType } =
    thrown.safeParse(readPayload(output)).data ?? {};
  const problem = carriesValue ? errorType : errorMessage;
  return new RotateError('function-failed', { function: name, problem: problem.slice(0, 300) });
}

/** Undefined where there is no JSON. */
function readPayload({ Payload }: InvokeCommandOutput): unknown {
  try {
    return JSON.parse(Buffer.from(Payload ?? []).toString('utf8'));
  } catch {
    // Not rethrown: a SyntaxError quotes the text.
    return undefined;
  }
}

function json(request: object): Uint8Array {
  return Buffer.from(JSON.stringify(request));
}
