import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';
import { jsonFault } from './json-protocol.ts';
import { AwsFault } from './operation.ts';
import type { AwsRequest } from './route.ts';

/** A request read to its end, or what to answer instead. */
export type ReceivedRequest = { request: AwsRequest } | { refusal: Answer };

/** Reads one HTTP request. Refuses other hosts, so that no web page reaches the stand-in through a rebound name. */
export async function receiveRequest(message: IncomingMessage, requestId: string): Promise<ReceivedRequest> {
  if (!isOwnHost(message)) return refusal('AccessDeniedException', 'The Host header is not this server', 403);
  if (message.method !== 'POST') return refusal('UnknownOperationException', 'Only POST is answered', 404);
  const body = await readBody(message);
  if (body === undefined) return refusal('RequestEntityTooLargeException', 'The body is too large', 413);
  return { request: { requestId, headers: singleHeaders(message), body } };
}

/** Far above any request the stand-in serves: the largest is a secret of 65,536 bytes. */
const maxBodyBytes = 1024 * 1024;

function refusal(type: string, message: string, status: number): ReceivedRequest {
  return { refusal: jsonFault(undefined, new AwsFault(type, message, status)) };
}

function isOwnHost(message: IncomingMessage): boolean {
  const port = message.socket.localPort;
  return message.headers.host === `127.0.0.1:${port}` || message.headers.host === `localhost:${port}`;
}

/** Undefined where it is over the cap; what comes after is read and dropped, so that the answer arrives. */
async function readBody(message: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message) {
    // A request without an encoding gives buffers.
    const buffer = chunk as Buffer;
    bytes += buffer.length;
    if (bytes <= maxBodyBytes) chunks.push(buffer);
  }
  return bytes <= maxBodyBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}

function singleHeaders(message: IncomingMessage): Record<string, string> {
  const entries = Object.entries(message.headers).map(([name, value]) => [name, String(value ?? '')]);
  return Object.fromEntries(entries);
}
