import { createSign, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenServer {
  /** The address of its realm. */
  readonly realm: string;
  close(): Promise<void>;
}

export interface TokenServerOptions {
  readonly key: string;
  readonly certificate: string;
  readonly issuer: string;
  /** Who may pull what, by password: `name` to `{ password, repositories }`. */
  readonly users: Readonly<
    Record<string, { readonly password: string; readonly repositories: readonly string[] }>
  >;
}

/**
 * The least that docker-registry's token authentication needs, since Debian has no token server: GET with Basic gives
 * a JWT signed by RS256, whose certificate stands in the header (x5c), and whose access lists what was granted.
 */
export async function startTokenServer(options: TokenServerOptions): Promise<TokenServer> {
  const server = createServer((request, response) => answer(options, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a host and port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    realm: `http://127.0.0.1:${port}/token`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(options: TokenServerOptions, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://realm');
  const name = loginOf(options, request.headers.authorization);
  if (request.method !== 'GET') {
    response.writeHead(405).end();
  } else if (name === undefined) {
    response.writeHead(401, {
      'content-type': 'application/json',
      'www-authenticate': 'Basic realm="token"',
    });
    response.end(JSON.stringify({ details: 'incorrect username or password' }));
  } else {
    const token = signedToken(options, claimsOf(options, url, name));
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ token, access_token: token, expires_in: 300 }));
  }
}

/** The user's name, empty for nobody, undefined for a wrong login. */
function loginOf({ users }: TokenServerOptions, authorization: string | undefined): string | undefined {
  if (authorization === undefined) return '';
  const decoded = Buffer.from(authorization.replace(/^Basic /i, ''), 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  const name = decoded.slice(0, colon);
  return users[name]?.password === decoded.slice(colon + 1) ? name : undefined;
}

function claimsOf({ issuer, users }: TokenServerOptions, url: URL, name: string): object {
  const now = Math.floor(Date.now() / 1000);
  const access = url.searchParams.getAll('scope').flatMap((scope) => {
    const [, repository = ''] = /^repository:(.+):pull$/.exec(scope) ?? [];
    const granted = users[name]?.repositories.includes(repository) ?? false;
    return granted ? [{ type: 'repository', name: repository, actions: ['pull'] }] : [];
  });
  const times = { iat: now, nbf: now - 10, exp: now + 300 };
  return {
    iss: issuer,
    sub: name,
    aud: url.searchParams.get('service'),
    jti: randomUUID(),
    ...times,
    access,
  };
}

function signedToken({ key, certificate }: TokenServerOptions, claims: object): string {
  const x5c = [new X509Certificate(readFileSync(certificate)).raw.toString('base64')];
  const signed = `${encoded({ typ: 'JWT', alg: 'RS256', x5c })}.${encoded(claims)}`;
  const signature = createSign('RSA-SHA256').update(signed).sign(readFileSync(key), 'base64url');
  return `${signed}.${signature}`;
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
