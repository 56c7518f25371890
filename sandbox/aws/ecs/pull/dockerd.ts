import type { AskRegistry } from './ask-registry.ts';
import { download } from './docker-download.ts';
import { openSession, type Session } from './docker-session.ts';
import { translateErrors } from './docker-words.ts';
import { type ImageName, manifestKey, manifestPath, readImageName, urlOf } from './image-name.ts';
import { ACCEPT } from './manifest.ts';
import { notJson, printErrors, type ReadErrors, readRegistryErrors } from './registry-errors.ts';
import type { Login } from './token.ts';

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
      const resolved = await resolve(session, name, (errors) => translateErrors(errors, name));
      if ('error' in resolved || isLocal(resolved.digest)) return resolved;
      return download(session, name, resolved.digest);
    },
  };
}

async function pingOnly(ask: AskRegistry, name: ImageName, digest: string): Promise<EngineAnswer> {
  const answer = await ask({ method: 'GET', host: name.host, path: '/v2/' });
  return 'unreachable' in answer
    ? { error: `Get "${urlOf(name, '/v2/')}": ${answer.unreachable}` }
    : { digest };
}

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
