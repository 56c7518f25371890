import type { AskRegistry, RegistryAnswer } from './ask-registry.ts';
import { findChallenge } from './challenge.ts';
import { type ImageName, manifestKey, manifestPath, urlOf } from './image-name.ts';
import { printErrors, readRegistryErrors } from './registry-errors.ts';
import { basic, fetchToken, type Login } from './token.ts';

/** What dockerd carries from one request of a pull to the next. */
export interface Session {
  readonly ask: AskRegistry;
  readonly headers: Readonly<Record<string, string>>;
  /** How Go names the manifest request in front of a transport's error. */
  readonly prefix: string;
}

/**
 * Pings `/v2/` and answers its challenge. `verb` is how Go names the manifest request in front of an error of
 * the login: the digest lookup and the pull print it differently.
 */
export async function openSession(
  ask: AskRegistry,
  name: ImageName,
  login: Login | undefined,
  verb: 'Get' | 'Head',
): Promise<Session | { error: string }> {
  const answer = await ask({ method: 'GET', host: name.host, path: '/v2/' });
  if ('unreachable' in answer) return { error: `Get "${urlOf(name, '/v2/')}": ${answer.unreachable}` };
  const prefix = `${verb} "${urlOf(name, manifestPath(name, manifestKey(name)))}": `;
  const session = (headers: Record<string, string>): Session => ({ ask, headers, prefix });
  const header = answer.headers['www-authenticate'];
  const bearer = findChallenge(header, 'bearer');
  if (bearer !== undefined) {
    const token = await fetchToken(ask, bearer, name.repository, login);
    if ('token' in token) return session({ authorization: `Bearer ${token.token}` });
    return { error: `${prefix}${tokenRefusal(token.refused, token.url)}` };
  }
  if (findChallenge(header, 'basic') === undefined) return session({});
  if (login === undefined || login.username === '') {
    return { error: verb === 'Get' ? 'no basic auth credentials' : `${prefix}no basic auth credentials` };
  }
  return session({ authorization: basic(login) });
}

const tokenRefusal = (answer: RegistryAnswer, url: string): string =>
  'unreachable' in answer ? `Get "${url}": ${answer.unreachable}` : printErrors(readRegistryErrors(answer));
