/** One Web API call from its raw body to its answer, with the limits and knobs in between. */
import { wallClock } from '../../../src/clock.ts';
import { strikes } from '../knobs.ts';
import { scopesOf } from '../scopes.ts';
import type { Workspace } from '../workspace.ts';
import { readArguments } from './arguments.ts';
import { METHODS } from './methods.ts';
import { ApiRefusal, type Arguments } from './refusal.ts';

export interface ApiRequest {
  readonly method: string;
  readonly contentType: string;
  /** The Authorization header. */
  readonly authorization: string;
  readonly body: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers a call and keeps it in the record. Never rejects. */
export async function callMethod(workspace: Workspace, request: ApiRequest): Promise<ApiAnswer> {
  if (workspace.knobs.slowApiMs > 0) await wallClock.sleep(workspace.knobs.slowApiMs);
  const answer = answerCall(workspace, request);
  const { method, body } = request;
  workspace.state.calls.push({
    at: workspace.clock.now(),
    method,
    body,
    status: answer.status,
    answer: answer.body,
  });
  return answer;
}

function answerCall(workspace: Workspace, request: ApiRequest): ApiAnswer {
  const { knobs } = workspace;
  if (strikes(knobs, 'serverErrors'))
    return { status: 500, headers: {}, body: { ok: false, error: 'internal_error' } };
  if (workspace.clock.now() < knobs.rateLimitUntil || strikes(knobs, 'rateLimitNext'))
    return tooMany(knobs.retryAfterSeconds);
  const args = readArguments(request.contentType, request.body);
  if (!args) return refused('invalid_arguments');
  const waitSeconds = workspace.rateLimits.take(request.method, String(args.channel));
  return waitSeconds === undefined ? runMethod(workspace, request, args) : tooMany(waitSeconds);
}

function runMethod(workspace: Workspace, request: ApiRequest, args: Arguments): ApiAnswer {
  const method = Object.hasOwn(METHODS, request.method) ? METHODS[request.method] : undefined;
  if (!method) return refused('unknown_method');
  const denied = tokenError(workspace, request, args) ?? workspace.knobs.methodErrors.get(request.method);
  if (denied) return refused(denied);
  try {
    return { status: 200, headers: {}, body: { ok: true, ...method(workspace, args) } };
  } catch (error) {
    if (error instanceof ApiRefusal) return refused(error.error, error.details);
    throw error;
  }
}

/** Slack tells which scope was needed; the token comes in the header or, in a form, as `token`. */
function tokenError(workspace: Workspace, request: ApiRequest, args: Arguments): string | undefined {
  if (request.method === 'blocks.validate') return undefined;
  const token = request.authorization.replace(/^Bearer /i, '') || String(args.token ?? '');
  if (token === '') return 'not_authed';
  if (workspace.botToken ? token !== workspace.botToken : !token.startsWith('xoxb-')) return 'invalid_auth';
  const needed = scopesOf(request.method) ?? [];
  const granted = workspace.grantedScopes;
  if (!granted || needed.length === 0 || needed.some((scope) => granted.includes(scope))) return undefined;
  return 'missing_scope';
}

function refused(error: string, details: Readonly<Record<string, unknown>> = {}): ApiAnswer {
  return { status: 200, headers: {}, body: { ok: false, error, ...details } };
}

function tooMany(seconds: number): ApiAnswer {
  const headers = { 'retry-after': String(seconds) };
  return { status: 429, headers, body: { ok: false, error: 'ratelimited' } };
}
