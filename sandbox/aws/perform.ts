import type { Clock } from '../../src/clock.ts';
import type { Answer, RecordedCall } from './answer.ts';
import type { Strike } from './faults.ts';
import { jsonOutput } from './json-protocol.ts';
import { errorSchema, operationSchemas } from './models.ts';
import { AwsFault, type AwsService, type WireObject } from './operation.ts';
import { queryOutput } from './query-protocol.ts';
import type { AwsRequest, Route } from './route.ts';
import { type ShapeProblem, shapeProblems } from './shapes.ts';

/** IAM's say in a call, before the operation runs: the refusal, or undefined where the call is allowed. */
export type Authorize = (
  call: Pick<RecordedCall, 'caller' | 'service' | 'operation' | 'input'>,
) => AwsFault | undefined;

/** What answering needs of the server. */
export interface Answering {
  readonly clock: Clock;
  readonly services: readonly AwsService[];
  readonly authorize: Authorize;
  strike(service: string, operation: string): Strike;
  /** Takes down a defect of the stand-in itself. */
  reportDefect(problem: string): void;
  /** Tells that someone asked for an operation the stand-in does not have. */
  reportUnknown(operation: string): void;
}

/** One request, read. */
export interface Asked {
  readonly request: AwsRequest;
  readonly route: Route;
  readonly caller: string;
}

/**
 * Runs the operation, its input and output held to the SDK's schemas.
 * @throws {AwsFault} whatever the caller is to be answered instead.
 */
export async function performOperation(server: Answering, asked: Asked): Promise<Answer> {
  const { model, operation, input, unreadable } = asked.route;
  const service = server.services.find((one) => one.target === model?.target);
  const run = service?.operations[operation];
  const schemas = model && operationSchemas(model, operation);
  if (!run || !schemas) {
    server.reportUnknown(`${model?.name ?? 'unknown service'}:${operation}`);
    throw new AwsFault('UnknownOperationException', `${operation || 'This'} is not in the stand-in`);
  }
  if (unreadable) throw unreadable;
  refuseBadInput(shapeProblems(schemas.input, input));
  const refusal = server.authorize({ caller: asked.caller, service: model.name, operation, input });
  if (refusal) throw refusal;
  const output = onTheWire(await run(input));
  const problems = shapeProblems(schemas.output, output);
  if (problems.length > 0) throw new Error(`answers out of shape: ${describe(problems)}`);
  if (model.protocol === 'json') return jsonOutput(output);
  const { requestId } = asked.request;
  return queryOutput({ model, operation, schema: schemas.output, requestId }, output);
}

/** An AWS fault passes; anything else is a defect of the stand-in, told in the answer and kept by the server. */
export function asFault(server: Answering, { route }: Asked, error: unknown): AwsFault {
  const name = `${route.model?.name}:${route.operation}`;
  if (error instanceof AwsFault) {
    const schema = route.model && errorSchema(route.model, error.type);
    const problems = schema ? shapeProblems(schema, error.members) : [];
    if (problems.length > 0) server.reportDefect(`${name} ${error.type}: ${describe(problems)}`);
    return error;
  }
  const says = `${name} ${error instanceof Error ? error.message : String(error)}`;
  server.reportDefect(error instanceof Error ? `${says}\n${error.stack}` : says);
  return new AwsFault('InternalFailure', `Defect of the stand-in: ${says}`, 500);
}

/**
 * AWS itself passes over members it does not know. The stand-in refuses them, so that a misspelt one shows.
 * @throws {AwsFault} SerializationException for a wrong JSON type, else ValidationException; both name the member.
 */
function refuseBadInput(problems: readonly ShapeProblem[]): void {
  if (problems.length === 0) return;
  const isSerialization = problems.some(({ kind }) => kind === 'wrong-type');
  throw new AwsFault(isSerialization ? 'SerializationException' : 'ValidationException', describe(problems));
}

const describe = (problems: readonly ShapeProblem[]): string =>
  problems.map(({ path, says }) => `${path} ${says}`).join('; ');

/** What the caller will read: undefined members gone, dates and the like as JSON has them. */
function onTheWire(output: WireObject): WireObject {
  // JSON of a plain object is a plain object.
  return JSON.parse(JSON.stringify(output)) as WireObject;
}
