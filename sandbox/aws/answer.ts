import type { Clock } from '../../src/clock.ts';
import { faultOf, type Strike } from './faults.ts';
import { jsonFault, jsonOutput } from './json-protocol.ts';
import { errorSchema, operationSchemas } from './models.ts';
import { type AwsCall, AwsFault, type AwsService, type WireObject } from './operation.ts';
import { queryFault, queryOutput } from './query-protocol.ts';
import { type AwsRequest, callerOf, type Route, routeRequest } from './route.ts';
import { type ShapeProblem, shapeProblems } from './shapes.ts';

/** What goes back over HTTP. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A call as the server keeps it. `status` is 0 where the connection was cut instead of an answer. */
export interface RecordedCall extends AwsCall {
  /** The access key id the request was signed with; empty where it was not signed. */
  readonly caller: string;
}

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

/** The answer to one request, and its record. Without an answer the connection is to be cut. */
export interface Answered {
  readonly answer: Answer | undefined;
  readonly call: RecordedCall;
}

/** Answers one request as AWS would, faults and all. */
export async function answerRequest(server: Answering, request: AwsRequest): Promise<Answered> {
  const route = routeRequest(request);
  const asked = {
    at: server.clock.now(),
    service: route.model?.name ?? 'unknown',
    operation: route.operation,
    input: route.input,
    userAgent: request.headers['user-agent'] ?? '',
    caller: callerOf(request),
  };
  const strike = server.strike(asked.service, asked.operation);
  if (strike.delayMs > 0) await server.clock.sleep(strike.delayMs);
  const { answer, fault } = await outcomeOf(server, { request, route, caller: asked.caller }, strike.kind);
  return { answer, call: { ...asked, status: answer?.status ?? 0, ...(fault && { fault }) } };
}

interface Asked {
  readonly request: AwsRequest;
  readonly route: Route;
  readonly caller: string;
}

interface Outcome {
  readonly answer?: Answer;
  /** The error's name, where the answer is one. */
  readonly fault?: string;
}

async function outcomeOf(server: Answering, asked: Asked, strike: Strike['kind']): Promise<Outcome> {
  if (strike === 'reset') return {};
  if (strike === 'html-502') return { answer: badGateway };
  const struck = strike && faultOf(strike);
  if (struck) return refuse(asked, struck);
  const outcome = await perform(server, asked).catch((error: unknown) =>
    refuse(asked, asFault(server, asked, error)),
  );
  return strike === 'lost-answer' ? {} : outcome;
}

async function perform(server: Answering, asked: Asked): Promise<Outcome> {
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
  if (model.protocol === 'json') return { answer: jsonOutput(output) };
  return {
    answer: queryOutput(
      { model, operation, schema: schemas.output, requestId: asked.request.requestId },
      output,
    ),
  };
}

/** An AWS fault passes; anything else is a defect of the stand-in, told in the answer and kept by the server. */
function asFault(server: Answering, { route }: Asked, error: unknown): AwsFault {
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

function refuse({ route: { model }, request }: Asked, fault: AwsFault): Outcome {
  const isQuery = model?.protocol === 'query';
  const answer = isQuery ? queryFault(model, fault, request.requestId) : jsonFault(model, fault);
  return { answer, fault: fault.type };
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

const badGateway: Answer = {
  status: 502,
  contentType: 'text/html',
  body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n',
};
