/** An answer before it is sent. A body goes out as it stands; HEAD keeps its length and drops it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What an answer to a request without the right names: Go's field names, as docker-registry prints them. */
export interface Wanted {
  readonly Type: string;
  readonly Class: string;
  readonly Name: string;
  readonly Action: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'Content-Type': JSON_TYPE, ...headers }, body: `${JSON.stringify(body)}\n` };
}

/** An error of the distribution API (registry/api/errcode). */
export function errorAnswer(
  status: number,
  error: { readonly code: string; readonly message: string; readonly detail?: unknown },
  headers: Record<string, string> = {},
): Answer {
  return jsonAnswer(status, { errors: [error] }, headers);
}

export function textAnswer(status: number, body: string, headers: Record<string, string> = {}): Answer {
  const fixed = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };
  return { status, headers: { ...fixed, ...headers }, body };
}

/** `GET /v2/` answers this to whoever may use the API at all. */
export const apiPresent: Answer = { status: 200, headers: { 'Content-Type': JSON_TYPE }, body: '{}' };

/** What no route matches, a name in capitals included. */
export const noSuchPage: Answer = textAnswer(404, '404 page not found\n');

export const serviceUnavailable: Answer = errorAnswer(503, {
  code: 'UNAVAILABLE',
  message: 'service unavailable',
});

/** What a captive portal or a company's proxy puts in the registry's place. */
export const proxyPage: Answer = {
  status: 200,
  headers: { 'Content-Type': 'text/html; charset=utf-8' },
  body: '<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>\n',
};

export function unauthorized(challenge: string, wanted: readonly Wanted[] | null): Answer {
  const error = { code: 'UNAUTHORIZED', message: 'authentication required', detail: wanted };
  return errorAnswer(401, error, { 'WWW-Authenticate': challenge });
}

export function denied(message: string, wanted?: readonly Wanted[]): Answer {
  return errorAnswer(403, { code: 'DENIED', message, ...(wanted && { detail: wanted }) });
}

export function tooManyRequests(message: string, retryAfterMs: number): Answer {
  const seconds = String(Math.max(1, Math.ceil(retryAfterMs / 1000)));
  return errorAnswer(429, { code: 'TOOMANYREQUESTS', message }, { 'Retry-After': seconds });
}
