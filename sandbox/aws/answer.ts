import { faultOf, type Strike } from './faults.ts';
import { jsonFault } from './json-protocol.ts';
import type { AwsCall, AwsFault } from './operation.ts';
import { type Answering, type Asked, asFault, performOperation } from './perform.ts';
import { queryFault } from './query-protocol.ts';
import { type AwsRequest, callerOf, routeRequest } from './route.ts';

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
  const outcome = await performOperation(server, asked).then(
    (answer) => ({ answer }),
    (error: unknown) => refuse(asked, asFault(server, asked, error)),
  );
  return strike === 'lost-answer' ? {} : outcome;
}

function refuse({ route: { model }, request }: Asked, fault: AwsFault): Outcome {
  const isQuery = model?.protocol === 'query';
  const answer = isQuery ? queryFault(model, fault, request.requestId) : jsonFault(model, fault);
  return { answer, fault: fault.type };
}

const badGateway: Answer = {
  status: 502,
  contentType: 'text/html',
  body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n',
};
