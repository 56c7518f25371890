import { basicAuthorization, bearerAuthorization } from './authorization.ts';
import { pickChallenge, type UsableChallenge } from './challenge.ts';
import type { ImageReference } from './image-reference.ts';
import type { Login } from './login.ts';
import { askManifest, readManifest } from './manifest.ts';
import { type PullAnswer, unexpected } from './outcome.ts';
import { askPresence } from './presence.ts';
import { undecidedBy } from './reading.ts';
import { askForToken } from './token.ts';
import type { Attempt, HttpAnswer } from './transport.ts';

/**
 * Tries to read one image, with a login or as nobody, as an engine would: ask, be challenged, answer, ask again. At
 * most one wrong login is sent. What a login's answer proves depends on the same attempt as nobody: a public image is
 * readable with any login that the registry does not refuse.
 */
export async function tryPull(
  attempt: Attempt,
  image: ImageReference,
  login: Login | null,
): Promise<PullAnswer> {
  const first = await askManifest(attempt, image);
  if (!first.answered) return first.outcome;
  const challenge = await challengeFor(attempt, first.answer, login);
  if (challenge?.scheme === 'bearer') return tryBearer(attempt, image, login, challenge);
  if (challenge?.scheme === 'basic') return tryBasic(attempt, image, login);
  if (first.answer.status === 401 && login) return unexpected('no-challenge');
  return readManifest(attempt, image, first.answer);
}

/** A registry that hides private images from nobody by 403 or 404 says at `/v2/` how to log in, as engines ask it. */
async function challengeFor(
  attempt: Attempt,
  answer: HttpAnswer,
  login: Login | null,
): Promise<UsableChallenge | undefined> {
  if (answer.redirected) return undefined;
  if (answer.status === 401) return pickChallenge(answer.headers.get('www-authenticate'));
  if (!login || (answer.status !== 403 && answer.status !== 404)) return undefined;
  const presence = await askPresence(attempt);
  if (!presence.answered || presence.answer.status !== 401) return undefined;
  return pickChallenge(presence.answer.headers.get('www-authenticate'));
}

async function tryBearer(
  attempt: Attempt,
  image: ImageReference,
  login: Login | null,
  challenge: Extract<UsableChallenge, { scheme: 'bearer' }>,
): Promise<PullAnswer> {
  const answered = await askForToken(attempt, challenge, login, `repository:${image.repository}:pull`);
  if (!answered.given) {
    if (answered.outcome.result !== 'refused') return answered.outcome;
    return { result: login ? 'login-refused' : 'not-permitted' };
  }
  const authorization = bearerAuthorization(answered.token);
  const asked = await askManifest(attempt, image, authorization);
  if (!asked.answered) return asked.outcome;
  const read = await readManifest(attempt, image, asked.answer, authorization);
  return read.result === 'readable' ? { ...read, loginSent: login !== null } : read;
}

/**
 * The login alone first: its answer has a body, so that a locked account can be told from a spent quota, and a wrong
 * login is not sent again with the image.
 */
async function tryBasic(attempt: Attempt, image: ImageReference, login: Login | null): Promise<PullAnswer> {
  if (!login) return { result: 'not-permitted' };
  const authorization = basicAuthorization(login);
  const presence = await askPresence(attempt, authorization);
  if (!presence.answered) return presence.outcome;
  const { status } = presence.answer;
  if (status === 401) return { result: 'login-refused' };
  if (status === 429 || status >= 500) return undecidedBy(presence.answer, attempt.now());

  const asked = await askManifest(attempt, image, authorization);
  if (!asked.answered) return asked.outcome;
  if (asked.answer.status !== 401 || asked.answer.redirected) {
    return readManifest(attempt, image, asked.answer, authorization);
  }
  return { result: (await letsAnybodyIn(attempt)) ? 'login-refused' : 'not-permitted' };
}

/** Where `/v2/` is open to anybody, our getting in there did not show that the login is right. */
async function letsAnybodyIn(attempt: Attempt): Promise<boolean> {
  const presence = await askPresence(attempt);
  return !presence.answered || presence.answer.status !== 401;
}
