import type { DurableEngine } from './engine.ts';
import { LambdaFault } from './fault.ts';
import { type FunctionReference, readFunctionReference, versionOf } from './function-reference.ts';
import { type Answer, type LambdaRequest, parseBody } from './http-answer.ts';
import { bytesOf, limits } from './limits.ts';

/** A function that is not durable: the event in, the answer out. */
export type PlainFunction = (event: unknown) => Promise<unknown>;

export interface InvokeOptions {
  readonly engine: DurableEngine;
  readonly functions: Readonly<Record<string, PlainFunction>>;
  /**
   * Told when a plain function invoked as an Event throws (Lambda would run it twice more; this does not), and
   * of what is answered 500. `where` is the function's name or the request's path.
   */
  readonly onError?: (where: string, error: unknown) => void;
}

/**
 * Lambda's Invoke. A durable function is started (`Event` only) and answered 202 with its ARN; a plain one runs.
 * @throws {LambdaFault} as Lambda does.
 */
export async function invoke(options: InvokeOptions, request: LambdaRequest, named: string): Promise<Answer> {
  const reference = readFunctionReference(named, request.query.get('Qualifier'));
  const type = request.header('x-amz-invocation-type') ?? 'RequestResponse';
  if (type === 'Event' && bytesOf(request.body) > limits.inputBytes)
    throw new LambdaFault('RequestTooLargeException', 'The input is larger than 1 MB.', 413);
  if (options.engine.has(reference.name)) return startDurable(options.engine, request, reference, type);
  const plain = Object.hasOwn(options.functions, reference.name) && options.functions[reference.name];
  if (!plain) throw new LambdaFault('ResourceNotFoundException', `Function not found: ${named}`, 404);
  const event = parseBody(request);
  switch (type) {
    case 'RequestResponse':
      return runPlain(plain, event, reference);
    case 'Event':
      plain(event).catch((error: unknown) => options.onError?.(reference.name, error));
      return { status: 202 };
    case 'DryRun':
      return { status: 204 };
    default:
      throw new LambdaFault('InvalidParameterValueException', `"${type}" is not an invocation type.`);
  }
}

/** A synchronous start is refused, as AWS refuses it where the execution may take more than 15 minutes. */
function startDurable(
  engine: DurableEngine,
  request: LambdaRequest,
  { name, qualifier }: FunctionReference,
  type: string,
): Answer {
  if (!qualifier)
    throw new LambdaFault(
      'InvalidParameterValueException',
      'You cannot invoke a durable function using an unqualified ARN.',
    );
  if (type !== 'Event')
    throw new LambdaFault(
      'InvalidParameterValueException',
      'A durable function with an execution timeout over 15 minutes can only be invoked as an Event.',
    );
  const executionName = request.header('x-amz-durable-execution-name');
  const version = versionOf(qualifier);
  const { arn } = engine.start(name, executionName, request.body || '{}', version);
  return {
    status: 202,
    headers: { 'x-amz-durable-execution-arn': arn, 'x-amz-executed-version': version },
  };
}

/** Lambda answers 200 also when the function throws; the header tells. */
async function runPlain(
  plain: PlainFunction,
  event: unknown,
  { qualifier }: FunctionReference,
): Promise<Answer> {
  const headers = { 'x-amz-executed-version': versionOf(qualifier ?? '$LATEST') };
  try {
    return { status: 200, headers, body: (await plain(event)) ?? null };
  } catch (error) {
    return {
      status: 200,
      headers: { ...headers, 'x-amz-function-error': 'Unhandled' },
      body: describeThrown(error),
    };
  }
}

function describeThrown(error: unknown): Record<string, unknown> {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };
}
