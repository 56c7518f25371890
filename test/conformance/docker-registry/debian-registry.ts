import { type ChildProcess, type ExecFileSyncOptions, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A docker-registry of Debian's package, on loopback, with a directory of its own. */
export interface DebianRegistry {
  readonly url: string;
  close(): Promise<void>;
}

/** A directory for the storage, logins and keys of the registries of a test. */
export interface Workplace {
  readonly directory: string;
  /** Writes a login with htpasswd, as an administrator does. */
  setPassword(name: string, password: string): void;
  /** Makes the key and certificate that a token server signs by. */
  makeKey(): { readonly key: string; readonly certificate: string };
  remove(): void;
}

export function makeWorkplace(): Workplace {
  const directory = mkdtempSync(join(tmpdir(), 'docker-registry-'));
  const htpasswd = join(directory, 'htpasswd');
  writeFileSync(htpasswd, '');
  return {
    directory,
    setPassword: (name, password) => void execFileSync('htpasswd', ['-Bb', htpasswd, name, password], quiet),
    makeKey() {
      const key = join(directory, 'key.pem');
      const certificate = join(directory, 'certificate.pem');
      const files = ['-keyout', key, '-out', certificate];
      const options = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=token server'];
      execFileSync('openssl', ['req', '-x509', ...options, ...files], quiet);
      return { key, certificate };
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'pipe'] };

/**
 * Starts docker-registry over the workplace's storage. `auth` is the section of its configuration, as JSON, which is
 * YAML too. Fails where the package is missing: a comparison that is skipped compares nothing.
 */
export async function startDebianRegistry(workplace: Workplace, auth: object): Promise<DebianRegistry> {
  const port = await freePort();
  const configuration = join(workplace.directory, `config-${port}.yml`);
  writeFileSync(configuration, JSON.stringify(configurationOf(workplace, port, auth)));
  const child = spawn('docker-registry', ['serve', configuration], { stdio: ['ignore', 'ignore', 'pipe'] });
  const url = `http://127.0.0.1:${port}`;
  try {
    await Promise.race([untilAnswering(url), failureOf(child)]);
  } catch (error) {
    await end(child);
    throw error;
  }
  return { url, close: () => end(child) };
}

/** The auth section for htpasswd, under the realm that the stand-in has. */
export function htpasswdAuth(workplace: Workplace): object {
  return { htpasswd: { realm: 'basic-realm', path: join(workplace.directory, 'htpasswd') } };
}

function configurationOf(workplace: Workplace, port: number, auth: object): object {
  return {
    version: 0.1,
    log: { level: 'error' },
    storage: { filesystem: { rootdirectory: join(workplace.directory, 'storage') } },
    http: { addr: `127.0.0.1:${port}` },
    auth,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function untilAnswering(url: string): Promise<void> {
  const until = Date.now() + 10_000;
  while (Date.now() < until) {
    const answered = await fetch(`${url}/v2/`).catch(() => undefined);
    if (answered) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`docker-registry does not answer at ${url}`);
}

/** Rejects when the process ends or cannot start; what it printed says why. */
function failureOf(child: ChildProcess): Promise<never> {
  const printed: string[] = [];
  child.stderr?.on('data', (chunk) => printed.push(String(chunk)));
  return new Promise((_resolve, reject) => {
    child.once('error', (error) => reject(new Error(`docker-registry cannot run: ${error.message}`)));
    child.once('exit', () => reject(new Error(`docker-registry ended: ${printed.join('').slice(-500)}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  const runs = child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  if (!runs) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
