import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseImageReference } from '../../src/registry/image-reference.ts';
import type { Login } from '../../src/registry/login.ts';
import { createRegistryClient, type RegistryClientOptions } from '../../src/registry/registry-client.ts';
import { SecretValue } from '../../src/secret-value.ts';

export const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const DIGEST = `sha256:${'ab'.repeat(32)}`;
export const MARKER = 'marker-pass';
export const login: Login = { userName: 'marker-user', password: SecretValue.of(MARKER) };
export const image = parseImageReference('registry.example.com/team/app:1');

/** One answer of a server that a test writes out by hand. `hang`: none at all; `stall`: none after the body. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly hang?: true;
  readonly stall?: true;
  readonly cut?: true;
}

export interface Seen {
  /** Method and path, as `HEAD /v2/team/app/manifests/1`. */
  readonly what: string;
  readonly authorization: string | undefined;
}

export type Handler = (what: string, request: IncomingMessage) => Reply;

export interface HandMade {
  readonly url: string;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

const started: HandMade[] = [];
afterEach(async () => {
  for (const server of started.splice(0)) await server.close();
});

/** A server on loopback that answers what the handler says, keeps what it was asked, and ends with the test. */
export async function serve(handler: Handler): Promise<HandMade> {
  const server = await startHandMade(handler);
  started.push(server);
  return server;
}

async function startHandMade(handler: Handler): Promise<HandMade> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const what = `${request.method} ${request.url}`;
    seen.push({ what, authorization: request.headers.authorization });
    reply(handler(what, request), request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function reply(what: Reply, request: IncomingMessage, response: ServerResponse): void {
  if (what.hang) return;
  if (what.cut) {
    request.socket.destroy();
    return;
  }
  response.writeHead(what.status ?? 200, what.headers);
  if (what.stall) response.write(what.body);
  else response.end(what.body);
}

/** A client that asks for registry.example.com at the given address. */
export function clientFor(url: string, options: RegistryClientOptions = {}) {
  return createRegistryClient({ endpoints: { 'registry.example.com': url }, timeoutMs: 5000, ...options });
}

export const found: Reply = { headers: { 'content-type': MANIFEST, 'docker-content-digest': DIGEST } };

export const basicChallenge: Reply = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };

export function bearerChallenge(realm: string): Reply {
  return { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}",service="s"` } };
}

export function json(body: unknown, status = 200): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export const webPage: Reply = { headers: { 'content-type': 'text/html' }, body: '<p>Sign in</p>' };

/** A realm's answer that gives a token. */
export const given = json({ token: 't' });

/** Tries team/app:1 with the login at a server that answers so. */
export async function pullFrom(
  handler: Handler,
  options: RegistryClientOptions & { readonly as?: null } = {},
) {
  const server = await serve(handler);
  const { as = login, ...clientOptions } = options;
  return { answer: await clientFor(server.url, clientOptions).tryPull(image, as), seen: server.seen };
}

/** A Bearer registry whose realm answers `token`, and whose manifest answers `manifest` to who has one. */
export async function pullByToken(token: Reply, manifest: Reply = found) {
  let own = '';
  const server = await serve((what, request) => {
    if (what.includes('/token')) return token;
    return request.headers.authorization ? manifest : bearerChallenge(`${own}/token`);
  });
  own = server.url;
  return clientFor(server.url).tryPull(image, login);
}

export const undecided = (why: string, more: object = {}) => ({ result: 'undecided', why, ...more });

export const unexpected = (detail: string) => undecided('unexpected', { detail });
