import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/clock.ts';
import { type Answer, answerRequest, type RecordedCall } from './answer.ts';
import { createFaults, type FaultKnobs } from './faults.ts';
import { modelOf, operationSchemas } from './models.ts';
import type { AwsService } from './operation.ts';
import type { Answering, Authorize } from './perform.ts';
import { type ReceivedRequest, receiveRequest } from './receive.ts';

export interface AwsServerOptions {
  readonly clock: Clock;
  readonly services: readonly AwsService[];
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** IAM's say in each call; without it everything is allowed. */
  readonly authorize?: Authorize;
  /** Where defects and unknown operations are told; stderr by default. */
  readonly warn?: (line: string) => void;
}

/** The running stand-in. */
export interface AwsServer {
  /** The endpoint for the SDK clients and `aws --endpoint-url`. */
  readonly url: string;
  /** Every call so far, in the order they were answered. Holds the credentials that were put. */
  readonly calls: RecordedCall[];
  /** Defects of the stand-in itself: answers out of shape, thrown errors. A test wants it empty. */
  readonly problems: string[];
  readonly faults: FaultKnobs;
  close(): Promise<void>;
}

/**
 * Starts the AWS stand-in on 127.0.0.1: one port for every service, routed by target, each request and answer
 * held to the SDK's own schemas. Throws where a service offers what the SDK has not.
 */
export async function startAwsServer(options: AwsServerOptions): Promise<AwsServer> {
  for (const service of options.services) refuseInvented(service);
  const faults = createFaults(options.clock);
  const calls: RecordedCall[] = [];
  const problems: string[] = [];
  const answering = createAnswering(options, faults.strike, problems);
  const server = createServer((request, response) => {
    serve(answering, calls, request, response).catch((error) => {
      answering.reportDefect(String(error));
      response.destroy();
    });
  });
  const port = await listen(server, options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    problems,
    faults: faults.knobs,
    close: () => close(server),
  };
}

/** A service the SDK has no schemas for, or an operation it has not, would go unchecked. */
function refuseInvented(service: AwsService): void {
  const model = modelOf(service.target);
  const invented = Object.keys(service.operations).filter((name) => !operationSchemas(model, name));
  if (invented.length > 0) throw new Error(`Not operations of ${model.name}: ${invented.join(', ')}`);
}

function createAnswering(
  options: AwsServerOptions,
  strike: Answering['strike'],
  problems: string[],
): Answering {
  const warn = options.warn ?? ((line) => void process.stderr.write(`${line}\n`));
  const told = new Set<string>();
  return {
    clock: options.clock,
    services: options.services,
    authorize: options.authorize ?? (() => undefined),
    strike,
    reportDefect(problem) {
      problems.push(problem);
      warn(`AWS stand-in, defect: ${problem}`);
    },
    reportUnknown(operation) {
      if (told.has(operation)) return;
      told.add(operation);
      warn(`AWS stand-in: ${operation} was asked for and is not in it`);
    },
  };
}

async function serve(
  answering: Answering,
  calls: RecordedCall[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  const received: ReceivedRequest = await receiveRequest(request, requestId);
  if ('refusal' in received) return send(response, received.refusal, requestId);
  const { answer, call } = await answerRequest(answering, received.request);
  calls.push(call);
  if (answer) send(response, answer, requestId);
  else response.destroy();
}

function send(response: ServerResponse, answer: Answer, requestId: string): void {
  response.writeHead(answer.status, {
    'content-type': answer.contentType,
    'content-length': Buffer.byteLength(answer.body),
    'x-amzn-requestid': requestId,
    ...answer.headers,
  });
  response.end(answer.body);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // A listening TCP server's address is never a path or null.
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
