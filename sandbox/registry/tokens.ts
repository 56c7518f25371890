import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/clock.ts';
import { type Answer, denied, errorAnswer, jsonAnswer, textAnswer, tooManyRequests } from './answers.ts';
import { readAuthorization } from './authorization.ts';
import type { Gate } from './lockout.ts';
import type { Repositories } from './repositories.ts';
import type { Users } from './users.ts';

/** What a token lets its holder do: whose it is (null for nobody's) and which repositories it may pull. */
export interface Grant {
  readonly user: string | null;
  readonly repositories: readonly string[];
  readonly expiresAt: number;
}

export interface TokenService {
  /** Answers `/token`. */
  answer(request: TokenRequest): Answer;
  /** The grant of a token that is known and not expired. */
  find(token: string): Grant | undefined;
}

export interface TokenRequest {
  readonly method: string;
  readonly authorization: string | undefined;
  readonly scopes: readonly string[];
}

interface TokenWorld {
  readonly clock: Clock;
  readonly users: Users;
  readonly repositories: Repositories;
  readonly gate: Gate;
  /** `ghcr` refuses a wrong login with 403 and gives nobody a token for a private repository. */
  readonly manner: Manner;
}

export type Manner = 'distribution' | 'ghcr';

const LIFETIME_S = 300;

const loginRequired = errorAnswer(401, { code: 'UNAUTHORIZED', message: 'authentication required' });

/**
 * The realm of a Bearer registry. As the token specification has it, a right that is missing is no error: the token
 * just grants less, so that having one proves nothing. POST is refused with 405, on which engines fall back to GET.
 */
export function createTokenService(world: TokenWorld): TokenService {
  const grants = new Map<string, Grant>();
  return {
    answer(request) {
      if (request.method === 'POST') return textAnswer(405, 'Method not allowed\n', { Allow: 'GET' });
      const login = logIn(world, request.authorization);
      if ('refusal' in login) return login.refusal;
      const repositories = pullScopes(request.scopes).filter((name) => mayPull(world, login.user, name));
      if (hidesFromNobody(world.manner, login.user, request.scopes, repositories)) return loginRequired;
      forgetExpired(grants, world.clock.now());
      const token = randomUUID();
      const expiresAt = world.clock.now() + LIFETIME_S * 1000;
      grants.set(token, { user: login.user, repositories, expiresAt });
      return jsonAnswer(200, tokenBody(token, world.clock.now()));
    },
    find(token) {
      const grant = grants.get(token);
      return grant && grant.expiresAt > world.clock.now() ? grant : undefined;
    },
  };
}

type LogIn = { readonly user: string | null } | { readonly refusal: Answer };

function logIn(world: TokenWorld, authorization: string | undefined): LogIn {
  const presented = readAuthorization(authorization);
  if (presented.kind === 'nothing') return { user: null };
  if (presented.kind !== 'basic') return { refusal: wrongLogin(world.manner) };
  const outcome = world.gate.check(presented);
  switch (outcome.kind) {
    case 'user':
      return { user: outcome.name };
    case 'refused':
      return { refusal: wrongLogin(world.manner) };
    case 'locked':
      return { refusal: tooManyRequests(LOCKED_MESSAGE, outcome.forMs) };
    default:
      return outcome satisfies never;
  }
}

export const LOCKED_MESSAGE = 'too many failed login attempts for username or IP address';

/** Docker Hub's wording, and GHCR's. */
function wrongLogin(manner: Manner): Answer {
  if (manner === 'ghcr') return denied('denied');
  const challenge = { 'WWW-Authenticate': 'Basic realm="token"' };
  return jsonAnswer(401, { details: 'incorrect username or password' }, challenge);
}

/** The repositories that scopes such as `repository:team/app:pull,push` ask to pull; other scopes grant nothing. */
function pullScopes(scopes: readonly string[]): readonly string[] {
  return scopes.flatMap((scope) => {
    const [, name, actions] = /^repository:(.+):([^:]+)$/.exec(scope) ?? [];
    return name && actions?.split(',').includes('pull') ? [name] : [];
  });
}

function mayPull(world: TokenWorld, user: string | null, repository: string): boolean {
  return world.repositories.isPublic(repository) || (user !== null && world.users.mayPull(user, repository));
}

function hidesFromNobody(
  manner: Manner,
  user: string | null,
  asked: readonly string[],
  granted: readonly string[],
): boolean {
  return manner === 'ghcr' && user === null && asked.length > 0 && granted.length === 0;
}

function forgetExpired(grants: Map<string, Grant>, now: number): void {
  for (const [token, grant] of grants) if (grant.expiresAt <= now) grants.delete(token);
}

function tokenBody(token: string, now: number): object {
  const issuedAt = new Date(now).toISOString();
  return { token, access_token: token, expires_in: LIFETIME_S, issued_at: issuedAt };
}
