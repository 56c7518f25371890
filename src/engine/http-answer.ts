import type { IncomingMessage, ServerResponse } from 'node:http';
import { LambdaFault } from './fault.ts';
import { limits } from './limits.ts';

/** What a route answers. `body` goes out as JSON; `text` as it is, where the body is JSON text already. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly text?: string;
}

/** One request as the routes see it: the path's parts decoded one by one, since an ARN's slashes are escaped. */
export interface LambdaRequest {
  readonly method: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  header(name: string): string | undefined;
  readonly body: string;
}

/**
 * Reads a request to its end.
 * @throws {LambdaFault} RequestTooLargeException (413) over 6 MB.
 */
export async function readRequest(request: IncomingMessage): Promise<LambdaRequest> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length <= limits.syncInputBytes) pieces.push(piece);
  }
  // Only now: to leave the loop early would cut the connection before the answer is out.
  if (length > limits.syncInputBytes)
    throw new LambdaFault('RequestTooLargeException', 'The request is larger than 6 MB.', 413);
  return {
    method: request.method ?? 'GET',
    path: url.pathname.split('/').slice(1).map(decodeURIComponent),
    query: url.searchParams,
    header: (name) => request.headers[name]?.toString(),
    body: Buffer.concat(pieces).toString('utf8'),
  };
}

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const text = answer.text ?? (answer.body === undefined ? '' : JSON.stringify(answer.body));
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(text);
}

/** An error in Lambda's wire form. The models spell its text both `Message` and `message`. */
export function faultAnswer(error: unknown): Answer {
  const fault =
    error instanceof LambdaFault ? error : new LambdaFault('ServiceException', 'Internal error.', 500);
  return {
    status: fault.status,
    headers: { 'x-amzn-errortype': fault.type },
    body: { Type: fault.status < 500 ? 'User' : 'Service', Message: fault.message, message: fault.message },
  };
}

/** The request's body as JSON; `{}` for none. @throws {LambdaFault} InvalidRequestContentException. */
export function parseBody(request: LambdaRequest): unknown {
  try {
    return request.body === '' ? {} : JSON.parse(request.body);
  } catch {
    throw new LambdaFault('InvalidRequestContentException', 'Could not parse request body into json.');
  }
}
