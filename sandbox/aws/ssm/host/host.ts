import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../../src/clock.ts';
import { type Agent, createAgent } from './agent.ts';
import { type Ran, runIsolated } from './bubblewrap.ts';
import { type HostDirectory, type HostFamily, makeHostDirectory } from './directory.ts';
import type { AgentLogin } from './ecs-init.ts';
import { type RoleCredentials, startHostServer } from './host-server.ts';

export interface HostOptions {
  readonly clock: Clock;
  /** An empty directory of the host's own; its path is kept short by the limit for sockets, 107 bytes. */
  readonly root: string;
  readonly family: HostFamily;
  readonly cluster: string;
  readonly containerInstanceArn: string;
  /** The AWS stand-in's port on 127.0.0.1. */
  readonly awsPort: number;
  /** The text of /etc/ecs/ecs.config; none where absent. */
  readonly config?: string;
  readonly credentials: () => RoleCredentials | undefined;
  readonly userData?: string;
  /** The interpreter that `python3` is inside, by its path, and what it needs to be seen there. */
  readonly python?: PythonRuntime;
  /** Further arguments of bwrap. */
  readonly mounts?: readonly string[];
  readonly onAgentStart?: (logins: readonly AgentLogin[]) => void;
}

export interface PythonRuntime {
  readonly path: string;
  /** The directory it is installed in, shown inside at the same place. */
  readonly prefix: string;
}

/** One container instance: real directories, an agent, and a way to run a script on it as root. */
export interface Host {
  readonly directory: HostDirectory;
  readonly agent: Agent;
  /** Runs a shell script to its end, or to `signal`. */
  run(script: string, environment: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Ran>;
  /** Ends its servers and removes its directory. */
  close(): Promise<void>;
}

/** Builds the instance and starts its agent with the config given. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { clock, root, family, cluster, containerInstanceArn, awsPort, python, mounts = [] } = options;
  const directory = makeHostDirectory(root, family);
  if (options.config !== undefined) writeFileSync(directory.ecsConfig, options.config, { mode: 0o644 });
  if (python) symlinkSync(python.path, join(directory.bin, 'python3'));
  const agent = createAgent({
    clock,
    directory,
    cluster,
    containerInstanceArn,
    ...(options.onAgentStart && { onStart: options.onAgentStart }),
  });
  const { credentials, userData = '' } = options;
  const server = await startHostServer({ directory, agent, awsPort, credentials, userData: () => userData });
  const seen = python ? ['--ro-bind', python.prefix, python.prefix, ...mounts] : mounts;
  return {
    directory,
    agent,
    run(script, environment, signal) {
      // The SSM agent too writes the script to a file and gives that to a shell.
      writeFileSync(join(directory.run, 'script.sh'), script);
      const isolation = { directory, family, awsPort, mounts: seen };
      return runIsolated(isolation, ['sh', '/run/standin/script.sh'], environment, signal);
    },
    async close() {
      agent.stop();
      await server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
