import { type AskRegistry, type RegistryAnswer, statusLine } from './ask-registry.ts';
import { findChallenge } from './challenge.ts';
import { type ImageName, manifestKey, readImageName } from './image-name.ts';
import { ACCEPT, digestOf, readManifest } from './manifest.ts';
import { printErrors, readRegistryErrors } from './registry-errors.ts';
import { basic, fetchToken, type Login, refusalLine } from './token.ts';

/**
 * What came of a pull by containerd: the digest, or its words, the phase that failed, and whether the
 * answer may pass (429, 5xx, no connection), which decides about another try.
 */
export type ContainerdAnswer =
  | { readonly digest: string }
  | { readonly error: string; readonly phase: 'resolve' | 'platform' | 'copy'; readonly passing: boolean };

export type ContainerdPull = (image: string, login: Login | undefined) => Promise<ContainerdAnswer>;

type Answered = Extract<RegistryAnswer, { status: number }>;
type Refusal = Extract<ContainerdAnswer, { error: string }>;

/** Fargate's puller: containerd's resolver, in the words of pull-reasons and of containerd 1.6 and 1.7. */
export function createContainerd(ask: AskRegistry): ContainerdPull {
  return async (image, login) => {
    const name = readImageName(image);
    if (typeof name === 'string') return refuse(name);
    const found = await resolve(ask, name, login);
    if ('error' in found) return found;
    return copy(ask, name, found.headers, found.digest);
  };
}

type Resolved = { readonly digest: string; readonly headers: Readonly<Record<string, string>> };

const refuse = (error: string, passing = false): Refusal => ({ error, phase: 'resolve', passing });

const mayPass = (status: number): boolean => status === 429 || status >= 500;

function urlOf(name: ImageName, path: string): string {
  const scheme = /^(localhost|127\.)/.test(name.host) ? 'http' : 'https';
  return `${scheme}://${name.host}${path}`;
}

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
  const path = `/v2/${name.repository}/manifests/${manifestKey(name)}`;
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
    const url = urlOf(name, `/v2/${name.repository}/manifests/${key}`);
    return refuse(`unexpected status from HEAD request to ${url}: ${statusLine(answer.status)}`, true);
  }
  return refuse(
    `pulling from host ${name.host} failed with status code [manifests ${key}]: ${statusLine(answer.status)}`,
    mayPass(answer.status),
  );
}

async function copy(
  ask: AskRegistry,
  name: ImageName,
  headers: Readonly<Record<string, string>>,
  digest: string,
  inner = digest,
): Promise<ContainerdAnswer> {
  const content = await open(ask, name, `manifests/${inner}`, { ...headers, accept: ACCEPT });
  if ('error' in content) return content;
  const manifest = readManifest(content.body);
  if ('notJson' in manifest) return refuse(`unexpected media type text/html for ${digest}: not found`);
  if ('noPlatform' in manifest) {
    const error = "image Manifest does not contain descriptor matching platform 'linux/amd64'";
    return { error, phase: 'platform', passing: false };
  }
  if ('manifest' in manifest) return copy(ask, name, headers, digest, manifest.manifest);
  for (const blob of manifest.blobs) {
    const answer = await open(ask, name, `blobs/${blob}`, headers);
    if ('error' in answer) return answer;
  }
  return { digest };
}

async function open(
  ask: AskRegistry,
  name: ImageName,
  what: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answered | Refusal> {
  const path = `/v2/${name.repository}/${what}`;
  const answer = await ask({ method: 'GET', host: name.host, path, headers });
  const opened = 'failed to copy: httpReadSeeker: failed open: ';
  const url = urlOf(name, path);
  if ('unreachable' in answer) {
    return {
      error: `${opened}failed to do request: Get "${url}": ${answer.unreachable}`,
      phase: 'copy',
      passing: true,
    };
  }
  if (answer.status < 400) return answer;
  const line = `${opened}unexpected status code ${url}: ${statusLine(answer.status)}`;
  const told = answer.status === 429 ? ` - Server message: ${printErrors(readRegistryErrors(answer))}` : '';
  return { error: `${line}${told}`, phase: 'copy', passing: mayPass(answer.status) };
}
