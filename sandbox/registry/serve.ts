import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../src/clock.ts';
import { type Answer, proxyPage, serviceUnavailable } from './answers.ts';
import type { Knobs } from './knobs.ts';
import { type RespondWorld, type Response, respond } from './respond.ts';

/** One request as it was answered; never what it carried. `status` 0: cut off without an answer. */
export interface RequestRecord {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  /** The scheme of the Authorization header; null where there was none. */
  readonly scheme: string | null;
  readonly user: string | null;
  readonly status: number;
}

export interface Serving {
  readonly clock: Clock;
  readonly knobs: () => Knobs;
  readonly requests: RequestRecord[];
  readonly world: RespondWorld;
}

const REQUESTS_KEPT = 10_000;

/** Answers one request, or breaks as the knobs say, and keeps a record of it. */
export async function serve(
  serving: Serving,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const leftAlone = await delay(serving, response);
  if (leftAlone || serving.knobs().down === 'reset') {
    record(serving, request, { status: 0, user: null });
    request.socket.resetAndDestroy();
    return;
  }
  const { answer, user } = brokenAnswer(serving.knobs()) ?? respond(serving.world, request);
  record(serving, request, { status: answer.status, user });
  send(request, response, answer);
}

/** Waits as long as answers take now. Answers whether the asker gave up meanwhile. */
async function delay({ clock, knobs }: Serving, response: ServerResponse): Promise<boolean> {
  const { slowMs } = knobs();
  if (slowMs === 0) return false;
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await clock.sleep(slowMs, gone.signal);
  return gone.signal.aborted;
}

function brokenAnswer({ down, htmlPage }: Knobs): Response | undefined {
  if (down === 'unavailable') return { answer: serviceUnavailable, user: null };
  return htmlPage ? { answer: proxyPage, user: null } : undefined;
}

function record(
  { clock, requests }: Serving,
  request: IncomingMessage,
  outcome: Pick<RequestRecord, 'status' | 'user'>,
): void {
  const { method = '', url = '' } = request;
  const scheme = request.headers.authorization?.split(' ', 1)[0] ?? null;
  requests.push({ at: clock.now(), method, path: url, scheme, ...outcome });
  if (requests.length > REQUESTS_KEPT) requests.shift();
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  const headers: Record<string, string> = { ...answer.headers };
  if (answer.status !== 304) headers['Content-Length'] = String(Buffer.byteLength(answer.body));
  if (answer !== proxyPage && request.url !== '/') headers[API_VERSION] = 'registry/2.0';
  response.writeHead(answer.status, headers);
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

const API_VERSION = 'Docker-Distribution-Api-Version';
