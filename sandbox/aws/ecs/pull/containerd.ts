import { type AskRegistry, type RegistryAnswer, statusLine } from './ask-registry.ts';
import { findChallenge } from './challenge.ts';
import { type Answered, type ContainerdAnswer, mayPass, type Refusal, refuse } from './containerd-answer.ts';
import { copyImage } from './containerd-copy.ts';
import { type ImageName, manifestKey, manifestPath, readImageName, urlOf } from './image-name.ts';
import { ACCEPT, digestOf } from './manifest.ts';
import { printErrors, readRegistryErrors } from './registry-errors.ts';
import { basic, fetchToken, type Login, refusalLine } from './token.ts';

export type ContainerdPull = (image: string, login: Login | undefined) => Promise<ContainerdAnswer>;

/** Fargate's puller: containerd's resolver, in the words of pull-reasons and of containerd 1.6 and 1.7. */
export function createContainerd(ask: AskRegistry): ContainerdPull {
  return async (image, login) => {
    const name = readImageName(image);
    if (typeof name === 'string') return refuse(name);
    const found = await resolve(ask, name, login);
    if ('error' in found) return found;
    return copyImage(ask, name, found.headers, found.digest);
  };
}

type Resolved = { readonly digest: string; readonly headers: Readonly<Record<string, string>> };

async function resolve(
  ask: AskRegistry,
  name: ImageName,
  login: Login | undefined,
): Promise<Resolved | Refusal> {
  const first = await head(ask, name, {});
  if ('error' in first) return first;
  if (first.status !== 401) return readHead(first, name, {});
  const authorization = await authorize(ask, name, first, login);
  if (typeof authorization === 'object') return authorization;
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  const second = await head(ask, name, headers);
  return 'error' in second ? second : readHead(second, name, headers);
}

async function head(
  ask: AskRegistry,
  name: ImageName,
  headers: Readonly<Record<string, string>>,
): Promise<Answered | Refusal> {
  const path = manifestPath(name, manifestKey(name));
  const answer = await ask({
    method: 'HEAD',
    host: name.host,
    path,
    headers: { ...headers, accept: ACCEPT },
  });
  if ('status' in answer) return answer;
  return refuse(`failed to do request: Head "${urlOf(name, path)}": ${answer.unreachable}`, true);
}

/** The header for the second try; undefined where there is nothing to send. */
async function authorize(
  ask: AskRegistry,
  name: ImageName,
  answer: Answered,
  login: Login | undefined,
): Promise<string | undefined | Refusal> {
  const header = answer.headers['www-authenticate'];
  const bearer = findChallenge(header, 'bearer');
  if (bearer === undefined) {
    return login === undefined || findChallenge(header, 'basic') === undefined ? undefined : basic(login);
  }
  const token = await fetchToken(ask, bearer, name.repository, login);
  if ('token' in token) return `Bearer ${token.token}`;
  const kind = login === undefined ? 'anonymous' : 'oauth';
  return refuse(
    `failed to authorize: failed to fetch ${kind} token: ${tokenRefusal(token.refused, token.url)}`,
    'unreachable' in token.refused || mayPass(token.refused.status),
  );
}

function tokenRefusal(answer: RegistryAnswer, url: string): string {
  if ('unreachable' in answer) return `Get "${url}": ${answer.unreachable}`;
  const line = `unexpected status from GET request to ${url}: ${refusalLine(answer)}`;
  return answer.status === 429
    ? `${line} - Server message: ${printErrors(readRegistryErrors(answer))}`
    : line;
}

function readHead(
  answer: Answered,
  name: ImageName,
  headers: Readonly<Record<string, string>>,
): Resolved | Refusal {
  const digest = answer.headers['docker-content-digest'];
  if (answer.status < 400) {
    if (digest !== undefined) return { digest, headers };
    const type = (answer.headers['content-type'] ?? 'application/octet-stream').replace(/;.*$/, '');
    return refuse(`unexpected media type ${type} for ${digestOf(answer.body)}: not found`);
  }
  if (answer.status === 404) return refuse(`${name.full}: not found`);
  const scopeError = findChallenge(answer.headers['www-authenticate'], 'bearer')?.parameters.error;
  if (answer.status === 401 && scopeError !== undefined) {
    return refuse(
      `pull access denied, repository does not exist or may require authorization: server message: ${scopeError}: authorization failed`,
    );
  }
  const key = manifestKey(name);
  if (answer.status >= 500) {
    const url = urlOf(name, manifestPath(name, key));
    return refuse(`unexpected status from HEAD request to ${url}: ${statusLine(answer.status)}`, true);
  }
  return refuse(
    `pulling from host ${name.host} failed with status code [manifests ${key}]: ${statusLine(answer.status)}`,
    mayPass(answer.status),
  );
}
