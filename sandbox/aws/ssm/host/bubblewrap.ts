import { spawn, spawnSync } from 'node:child_process';
import type { HostDirectory, HostFamily } from './directory.ts';

/** A program run to its end. `code` is null where it was killed. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Isolation {
  readonly directory: HostDirectory;
  readonly family: HostFamily;
  /** The AWS stand-in's port, the same inside as outside, since it answers no other Host header. */
  readonly awsPort: number;
  /** Further arguments of bwrap, such as a read-only /etc/ecs. */
  readonly mounts?: readonly string[];
}

/** Why nothing can be run in isolation here, in words for a person; undefined where it can. */
export function isolationTrouble(): string | undefined {
  const tried = spawnSync('bwrap', ['--ro-bind', '/', '/', '--unshare-all', 'true'], { encoding: 'utf8' });
  if (tried.error) {
    return 'Scripts for container instances run under bubblewrap, which is not installed: apt-get install bubblewrap';
  }
  if (tried.status === 0) return undefined;
  return `bubblewrap is installed but may not make namespaces here: ${tried.stderr.trim()}`;
}

/**
 * Runs `command` as root of one instance: its own /etc and /var, the machine's /usr read-only, a network with
 * nothing but the instance's metadata, its agent's introspection and the AWS stand-in. Ends with `signal`.
 */
export function runIsolated(
  isolation: Isolation,
  command: readonly string[],
  environment: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<Ran> {
  const process = spawn('bwrap', [...bwrapArguments(isolation, environment), ...linked(isolation, command)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {},
    ...(signal && { signal, killSignal: 'SIGKILL' as const }),
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    process[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  return new Promise((resolve, reject) => {
    process.once('error', (error) => (error.name === 'AbortError' ? undefined : reject(error)));
    process.once('close', (code) => resolve({ code, ...output }));
  });
}

function bwrapArguments(
  { directory, family, mounts = [], awsPort }: Isolation,
  environment: Readonly<Record<string, string>>,
): string[] {
  const inside = {
    PATH: '/run/bin:/usr/bin:/bin',
    AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${awsPort}`,
    ...environment,
  };
  return [
    ...['--tmpfs', '/', '--ro-bind', '/usr', '/usr', '--dev', '/dev', '--proc', '/proc', '--tmpfs', '/tmp'],
    ...['bin', 'sbin', 'lib', 'lib64'].flatMap((name) => ['--symlink', `usr/${name}`, `/${name}`]),
    ...['--dir', '/run', '--bind', directory.run, '/run/standin', '--ro-bind', directory.bin, '/run/bin'],
    ...['--bind', directory.etc, '/etc', '--bind', directory.var, '/var'],
    // This directory is how a host tells that systemd runs it.
    ...(family === 'al1' ? [] : ['--dir', '/run/systemd/system']),
    ...mounts,
    ...['--unshare-all', '--uid', '0', '--gid', '0', '--die-with-parent', '--clearenv'],
    ...['--cap-add', 'CAP_NET_ADMIN', '--cap-add', 'CAP_NET_BIND_SERVICE'],
    ...Object.entries(inside).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
}

function linked({ awsPort }: Isolation, command: readonly string[]): string[] {
  return [
    ...['/usr/bin/python3', '/run/bin/link_network.py'],
    '169.254.169.254:80=/run/standin/host.sock',
    '127.0.0.1:51678=/run/standin/host.sock',
    `127.0.0.1:${awsPort}=/run/standin/aws.sock`,
    ...['--', ...command],
  ];
}
