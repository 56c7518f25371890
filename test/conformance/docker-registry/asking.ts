import { type IncomingHttpHeaders, request } from 'node:http';

export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly authorization?: string | undefined;
  /** None is sent where it is not given; `fetch` would send its own. */
  readonly accept?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/** What two registries are compared by: everything a client can act on. */
export interface Compared {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const COMPARED_HEADERS = [
  'allow',
  'cache-control',
  'content-length',
  'content-type',
  'docker-content-digest',
  'docker-distribution-api-version',
  'etag',
  'location',
  'www-authenticate',
  'x-content-type-options',
] as const;

/** Asks exactly what is given, byte for byte. The realm's own address is blotted out: each registry has its own. */
export function ask(base: string, asked: Asked): Promise<Compared> {
  const { hostname, port } = new URL(base);
  const { method = 'GET', path, authorization, accept, ifNoneMatch } = asked;
  const headers = Object.fromEntries(
    Object.entries({ authorization, accept, 'if-none-match': ifNoneMatch }).filter(([, value]) => value),
  );
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks).toString('latin1');
        resolve({ status: response.statusCode ?? 0, headers: comparedOf(response.headers), body });
      });
    });
    sent.on('error', reject).end();
  });
}

export function basic(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
}

function comparedOf(headers: IncomingHttpHeaders): Record<string, string> {
  const compared: Record<string, string> = {};
  for (const name of COMPARED_HEADERS) {
    const value = headers[name];
    if (value !== undefined) compared[name] = String(value).replace(/realm="http:[^"]*"/, 'realm="REALM"');
  }
  return compared;
}
