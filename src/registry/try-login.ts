import type { SecretValue } from '../secret-value.ts';
import { basicAuthorization, bearerAuthorization } from './authorization.ts';
import { pickChallenge, type UsableChallenge } from './challenge.ts';
import type { Login } from './login.ts';
import { type LoginAnswer, unexpected } from './outcome.ts';
import { askPresence } from './presence.ts';
import { isWebPage, undecidedBy } from './reading.ts';
import { askForToken } from './token.ts';
import { type Attempt, send } from './transport.ts';
import { realmChecksLogin } from './trust.ts';

/**
 * Tries a login without an image. A refusal is certain; acceptance only where nobody would have got the same answer,
 * or the registry's realm is known to look at logins. A private `repository` helps where neither is so: a token that
 * may list its tags, which nobody's token may, is the login's.
 */
export async function tryLogin(attempt: Attempt, login: Login, repository?: string): Promise<LoginAnswer> {
  const first = await askPresence(attempt);
  if (!first.answered) return first.outcome;
  if (first.answer.status === 200) return unexpected('login-not-asked');
  if (first.answer.status !== 401) return undecidedBy(first.answer, attempt.now());
  const challenge = pickChallenge(first.answer.headers.get('www-authenticate'));
  switch (challenge?.scheme) {
    case undefined:
      return unexpected('no-challenge');
    case 'basic':
      return tryBasic(attempt, login);
    case 'bearer':
      return tryBearer(attempt, login, challenge, repository);
    default:
      return challenge satisfies never;
  }
}

async function tryBasic(attempt: Attempt, login: Login): Promise<LoginAnswer> {
  const asked = await askPresence(attempt, basicAuthorization(login));
  if (!asked.answered) return asked.outcome;
  if (isWebPage(asked.answer)) return unexpected('web-page');
  if (asked.answer.status === 200) return { result: 'accepted' };
  if (asked.answer.status === 401) return { result: 'refused' };
  return undecidedBy(asked.answer, attempt.now());
}

async function tryBearer(
  attempt: Attempt,
  login: Login,
  challenge: Extract<UsableChallenge, { scheme: 'bearer' }>,
  repository: string | undefined,
): Promise<LoginAnswer> {
  const scope = repository === undefined ? undefined : `repository:${repository}:pull`;
  const own = await askForToken(attempt, challenge, login, scope);
  if (!own.given) return own.outcome;
  if (realmChecksLogin(attempt.endpoint.registry)) return { result: 'accepted' };
  const nobodys = await askForToken(attempt, challenge, null, scope);
  if (!nobodys.given) return nobodys.outcome.result === 'refused' ? { result: 'accepted' } : nobodys.outcome;
  if (repository === undefined) return unexpected('login-not-proven');
  const listed = await listTags(attempt, repository, own.token);
  const proven = listed === 200 && HIDDEN.includes(await listTags(attempt, repository, nobodys.token));
  return proven ? { result: 'accepted' } : unexpected('login-not-proven');
}

const HIDDEN: readonly (number | undefined)[] = [401, 403, 404];

/** The status, or undefined without an answer. */
async function listTags(
  attempt: Attempt,
  repository: string,
  token: SecretValue,
): Promise<number | undefined> {
  const url = new URL(`v2/${repository}/tags/list?n=1`, attempt.endpoint.base);
  const asked = await send(attempt, { method: 'GET', url, authorization: bearerAuthorization(token) });
  return asked.answered && !isWebPage(asked.answer) ? asked.answer.status : undefined;
}
