import * as z from 'zod';
import type { SecretValue } from '../secret-value.ts';
import { basicAuthorization, tokenFrom } from './authorization.ts';
import type { UsableChallenge } from './challenge.ts';
import type { Login } from './login.ts';
import { type Undecided, type Unreachable, unexpected } from './outcome.ts';
import { isWebPage, undecidedBy } from './reading.ts';
import { type Attempt, type HttpAnswer, send } from './transport.ts';
import { trustedRealm } from './trust.ts';

type BearerChallenge = Extract<UsableChallenge, { scheme: 'bearer' }>;

export type TokenAnswer =
  | { readonly given: true; readonly token: SecretValue }
  | { readonly given: false; readonly outcome: { readonly result: 'refused' } | Undecided | Unreachable };

const tokenBody = z.union([
  z.object({ token: z.string().min(1) }).transform(({ token }) => token),
  z.object({ access_token: z.string().min(1) }).transform((body) => body.access_token),
]);

/**
 * Asks the realm for a token, with a login or as nobody (distribution docs/content/spec/auth/token.md). A token is no
 * proof of a right, and not always of the login. The scope is ours, as engines make it: what a challenge at `/v2/` names
 * may be a placeholder (`repository:user/image:pull` at GHCR). A realm that sends us elsewhere is not followed: the login would
 * stay behind, and what comes back would be nobody's token.
 */
export async function askForToken(
  attempt: Attempt,
  challenge: BearerChallenge,
  login: Login | null,
  scope?: string,
): Promise<TokenAnswer> {
  const realm = trustedRealm(challenge.realm, attempt.endpoint);
  if (!realm) return { given: false, outcome: unexpected('realm-not-trusted') };
  const url = tokenUrl(realm, challenge.service, scope);
  const authorization = login ? basicAuthorization(login) : undefined;
  const sent = await send(attempt, { method: 'GET', url, authorization, accept: 'application/json' });
  if (!sent.answered) return { given: false, outcome: sent.outcome };
  return readToken(sent.answer, attempt.now());
}

function tokenUrl(realm: URL, service: string | undefined, scope: string | undefined): URL {
  const url = new URL(realm);
  url.hash = '';
  if (service !== undefined) url.searchParams.set('service', service);
  if (scope !== undefined) url.searchParams.set('scope', scope);
  return url;
}

function readToken(answer: HttpAnswer, now: number): TokenAnswer {
  if (answer.status === 401 || answer.status === 403) {
    const outcome = isWebPage(answer) ? unexpected('web-page') : { result: 'refused' as const };
    return { given: false, outcome };
  }
  if (answer.status !== 200) return { given: false, outcome: undecidedBy(answer, now) };
  const token = tokenIn(answer.body);
  return token ? { given: true, token } : { given: false, outcome: unexpected('no-token') };
}

function tokenIn(body: Buffer): SecretValue | undefined {
  const parsed = tokenBody.safeParse(parseJson(body.toString('utf8')));
  return parsed.success ? tokenFrom(parsed.data) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error quotes what it could not read, which may be a token.
    return undefined;
  }
}
