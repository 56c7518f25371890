import type { AskRegistry, RegistryAnswer } from './ask-registry.ts';
import { findChallenge } from './challenge.ts';
import { type ImageName, manifestKey, readImageName } from './image-name.ts';
import { ACCEPT, readManifest } from './manifest.ts';
import { notJson, printErrors, type ReadErrors, readRegistryErrors, wordsOf } from './registry-errors.ts';
import { basic, fetchToken, type Login } from './token.ts';

/** What came of a lookup or pull: the digest, or dockerd's text after "Error response from daemon: ". */
export type EngineAnswer = { readonly digest: string } | { readonly error: string };

export interface Dockerd {
  /** `GET /distribution/<image>/json`: the digest a tag stands for. Errors come as the registry gave them. */
  lookUp(image: string, login: Login | undefined): Promise<EngineAnswer>;
  /**
   * `POST /images/create`. An image by digest that `isLocal` is only pinged, without the login: tried on a
   * real engine. Errors are dockerd's translations (moby, daemon/internal/distribution/errors.go).
   */
  pull(image: string, login: Login | undefined, isLocal: (digest: string) => boolean): Promise<EngineAnswer>;
}

/** The engine of a container instance, in the words recorded from dockerd 20.10.24. */
export function createDockerd(ask: AskRegistry): Dockerd {
  return {
    async lookUp(image, login) {
      const name = readImageName(image);
      if (typeof name === 'string') return { error: name };
      const session = await openSession(ask, name, login, 'Get');
      return 'error' in session ? session : resolve(session, name, printErrors);
    },
    async pull(image, login, isLocal) {
      const name = readImageName(image);
      if (typeof name === 'string') return { error: name };
      if (name.digest !== undefined && isLocal(name.digest)) return pingOnly(ask, name, name.digest);
      const session = await openSession(ask, name, login, 'Head');
      if ('error' in session) return session;
      const resolved = await resolve(session, name, (errors) => translate(errors, name));
      if ('error' in resolved || isLocal(resolved.digest)) return resolved;
      return download(session, name, resolved.digest);
    },
  };
}

interface Session {
  readonly ask: AskRegistry;
  readonly headers: Readonly<Record<string, string>>;
  /** How Go names the manifest request in front of a transport's error. */
  readonly prefix: string;
}

const urlOf = ({ host }: ImageName, path: string): string =>
  `${/^(localhost|127\.)/.test(host) ? 'http' : 'https'}://${host}${path}`;

const manifestPath = (name: ImageName, key: string): string => `/v2/${name.repository}/manifests/${key}`;

async function pingOnly(ask: AskRegistry, name: ImageName, digest: string): Promise<EngineAnswer> {
  const answer = await ask({ method: 'GET', host: name.host, path: '/v2/' });
  return 'unreachable' in answer
    ? { error: `Get "${urlOf(name, '/v2/')}": ${answer.unreachable}` }
    : { digest };
}

async function openSession(
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

/** HEAD, and where that is refused GET for the registry's words, as distribution's tag service does. */
async function resolve(
  { ask, headers, prefix }: Session,
  name: ImageName,
  print: (errors: ReadErrors) => string,
): Promise<EngineAnswer> {
  const question = {
    host: name.host,
    path: manifestPath(name, manifestKey(name)),
    headers: { ...headers, accept: ACCEPT },
  };
  const head = await ask({ method: 'HEAD', ...question });
  if ('unreachable' in head) return { error: `${prefix}${head.unreachable}` };
  const digest = head.headers['docker-content-digest'];
  if (head.status < 400 && digest !== undefined) return { digest };
  const answer = await ask({ method: 'GET', ...question });
  if ('unreachable' in answer) return { error: `${prefix}${answer.unreachable}` };
  if (answer.status >= 400) return { error: print(readRegistryErrors(answer)) };
  const found = answer.headers['docker-content-digest'];
  return found === undefined
    ? { error: `error unmarshalling content: ${notJson(answer.body)}` }
    : { digest: found };
}

/** dockerd's own sentence for the first error, where it has one for its code. */
function translate(read: ReadErrors, name: ImageName): string {
  if ('sentence' in read) return read.sentence;
  const [first] = read.errors;
  if (first === undefined) return 'unauthorized: authentication required';
  if (first.message === undefined) return wordsOf(first);
  if (first.code === 'denied') {
    return `pull access denied for ${name.familiar}, repository does not exist or may require 'docker login': ${wordsOf(first)}`;
  }
  const key = name.digest === undefined ? `:${name.tag}` : `@${name.digest}`;
  if (first.code === 'manifest unknown')
    return `manifest for ${name.familiar}${key} not found: ${wordsOf(first)}`;
  if (first.code === 'name unknown') return `repository ${name.familiar} not found: ${wordsOf(first)}`;
  return wordsOf(first);
}

async function download(
  session: Session,
  name: ImageName,
  digest: string,
  inner = digest,
): Promise<EngineAnswer> {
  const { ask, headers, prefix } = session;
  const path = manifestPath(name, inner);
  const answer = await ask({ method: 'GET', host: name.host, path, headers: { ...headers, accept: ACCEPT } });
  if ('unreachable' in answer) return { error: `${prefix}${answer.unreachable}` };
  if (answer.status >= 400) return { error: translate(readRegistryErrors(answer), name) };
  const manifest = readManifest(answer.body);
  if ('notJson' in manifest) return { error: `error unmarshalling content: ${notJson(answer.body)}` };
  if ('noPlatform' in manifest) {
    return { error: 'no matching manifest for linux/amd64 in the manifest list entries' };
  }
  if ('manifest' in manifest) return download(session, name, digest, manifest.manifest);
  const failed = await downloadBlobs(session, name, manifest.blobs);
  return failed === undefined ? { digest } : { error: `error pulling image configuration: ${failed}` };
}

/** Undefined when all are here, else why the first that failed did. */
async function downloadBlobs(
  { ask, headers }: Session,
  name: ImageName,
  blobs: readonly string[],
): Promise<string | undefined> {
  for (const blob of blobs) {
    const answer = await ask({
      method: 'GET',
      host: name.host,
      path: `/v2/${name.repository}/blobs/${blob}`,
      headers,
    });
    if ('unreachable' in answer) return answer.unreachable;
    if (answer.status >= 400) return printErrors(readRegistryErrors(answer));
  }
  return undefined;
}
