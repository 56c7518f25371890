import type { SecretValue } from '../secret-value.ts';
import { addAuthorization } from './authorization.ts';
import type { Endpoint } from './endpoint.ts';
import { timedOut, type Undecided, type Unreachable, unexpected } from './outcome.ts';
import { mayFollow } from './trust.ts';
import { unreachableBy } from './unreachable.ts';

export interface Request {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly authorization?: SecretValue;
  readonly accept?: string;
  /** Follow redirects, at most three, without the authorization. Otherwise a redirect is the answer. */
  readonly follow?: boolean;
  /** Bytes of body to read at most (default 64 KiB); a longer one counts as none. */
  readonly maxBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** The answer came from elsewhere, to which no authorization was sent. */
  readonly redirected: boolean;
}

export type Exchange =
  | { readonly answered: true; readonly answer: HttpAnswer }
  | { readonly answered: false; readonly outcome: Undecided | Unreachable };

/** One attempt on one registry: everything it sends shares one deadline. */
export interface Attempt {
  readonly endpoint: Endpoint;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

const MOST_REDIRECTS = 3;
const MOST_BYTES = 64 * 1024;

/** Sends a request. Every failure is an outcome; nothing of the request stands in it. */
export async function send(attempt: Attempt, request: Request): Promise<Exchange> {
  try {
    return await exchange(attempt, request, 0);
  } catch (error) {
    return { answered: false, outcome: attempt.signal.aborted ? timedOut : unreachableBy(error) };
  }
}

async function exchange(attempt: Attempt, request: Request, redirects: number): Promise<Exchange> {
  const response = await fetchOnceMore(attempt, request);
  const target = request.follow ? redirectTarget(response, request.url) : undefined;
  if (target) {
    await response.body?.cancel();
    if (redirects === MOST_REDIRECTS || !mayFollow(target, attempt.endpoint)) {
      return { answered: false, outcome: unexpected('redirect-refused') };
    }
    return exchange(attempt, { ...request, url: target, authorization: undefined }, redirects + 1);
  }
  const body = await readBody(response, request.maxBytes ?? MOST_BYTES);
  const { status, headers } = response;
  return { answered: true, answer: { status, headers, body, redirected: redirects > 0 } };
}

/** A kept-alive connection may have been closed meanwhile (a Lambda sleeps), so a cut one is tried once more. */
async function fetchOnceMore(attempt: Attempt, request: Request): Promise<Response> {
  try {
    return await fetchOnce(attempt, request);
  } catch (error) {
    if (attempt.signal.aborted || unreachableBy(error).why !== 'reset') throw error;
    return fetchOnce(attempt, request);
  }
}

function fetchOnce({ fetch, signal }: Attempt, request: Request): Promise<Response> {
  const headers = new Headers({ 'user-agent': 'ecs-rotate' });
  if (request.accept) headers.set('accept', request.accept);
  if (request.authorization) addAuthorization(headers, request.authorization);
  return fetch(request.url, { method: request.method, headers, signal, redirect: 'manual' });
}

function redirectTarget({ status, headers }: Response, from: URL): URL | undefined {
  const location = headers.get('location');
  if (![301, 302, 303, 307, 308].includes(status) || !location) return undefined;
  return URL.canParse(location, from.href) ? new URL(location, from) : undefined;
}

async function readBody(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // Leaving the loop cancels the stream.
    if (length > maxBytes) return Buffer.alloc(0);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
