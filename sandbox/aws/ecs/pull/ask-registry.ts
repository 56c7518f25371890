import { type IncomingMessage, request, Agent as SocketPool, STATUS_CODES } from 'node:http';
import type { RegistryLocator } from '../../operation.ts';

export interface RegistryQuestion {
  readonly method: 'GET' | 'HEAD';
  /** The registry's or realm's own name, such as `ghcr.io`; where it listens is the locator's matter. */
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An HTTP answer, or in Go's words why there is none (the tail of what an engine prints). */
export type RegistryAnswer =
  | {
      readonly status: number;
      readonly headers: Readonly<Record<string, string | undefined>>;
      readonly body: string;
    }
  | { readonly unreachable: string };

export type AskRegistry = (question: RegistryQuestion) => Promise<RegistryAnswer>;

/** A status as Go prints it: `503 Service Unavailable`. */
export const statusLine = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/**
 * Real HTTP to wherever `locate` says a host listens; a loopback host needs no locator. Every other host
 * is unknown, so nothing here leaves the machine. `timeout` is in milliseconds of the wall.
 */
export function createRegistryAsker(
  locate: RegistryLocator,
  timeout: number,
): { readonly ask: AskRegistry; close(): void } {
  const pool = new SocketPool({ keepAlive: true, maxSockets: 32 });
  return {
    ask: (question) => {
      const base = locate(question.host) ?? loopback(question.host);
      if (base === undefined) return Promise.resolve({ unreachable: noSuchHost(question.host) });
      return send(pool, new URL(base), question, timeout);
    },
    close: () => pool.destroy(),
  };
}

const loopback = (host: string): string | undefined =>
  /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host) ? `http://${host}` : undefined;

const noSuchHost = (host: string): string =>
  `dial tcp: lookup ${host.replace(/:\d+$/, '')} on 10.0.0.2:53: no such host`;

function send(
  pool: SocketPool,
  base: URL,
  { method, host, path, headers }: RegistryQuestion,
  timeout: number,
): Promise<RegistryAnswer> {
  return new Promise((resolve) => {
    const url = new URL(base.pathname.replace(/\/$/, '') + path, base);
    const outgoing = request(
      url,
      { method, agent: pool, timeout, headers: { ...headers, host } },
      (answer) => {
        void readAnswer(answer).then(resolve, () => resolve({ unreachable: 'EOF' }));
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('ETIMEDOUT')));
    outgoing.on('error', (cause) => resolve({ unreachable: inGo(cause, base.host) }));
    outgoing.end();
  });
}

async function readAnswer(answer: IncomingMessage): Promise<RegistryAnswer> {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(Buffer.from(part));
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(answer.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return { status: answer.statusCode ?? 0, headers, body: Buffer.concat(parts).toString('utf8') };
}

function inGo(cause: Error & { code?: string }, address: string): string {
  if (cause.code === 'ECONNREFUSED') return `dial tcp ${address}: connect: connection refused`;
  if (cause.message === 'ETIMEDOUT') {
    return 'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)';
  }
  return 'EOF';
}
