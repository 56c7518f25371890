import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type HostFamily = 'al1' | 'al2' | 'al2023';

/** Where the files of one instance lie on this machine. */
export interface HostDirectory {
  readonly root: string;
  readonly etc: string;
  readonly var: string;
  /** Shared with the processes inside: sockets, the script. */
  readonly run: string;
  /** First on the PATH inside: systemctl, docker and the like. */
  readonly bin: string;
  readonly ecsConfig: string;
  readonly beneath: string;
  readonly agentLog: string;
}

/** Where the programs that play an instance from inside lie, from the project's root. */
const programs = 'sandbox/aws/ssm/host';

/** Makes the directories of a new instance under `root`, with everything but an ecs.config. */
export function makeHostDirectory(root: string, family: HostFamily): HostDirectory {
  const directory = pathsOf(root);
  for (const folder of [directory.run, directory.bin]) mkdirSync(folder, { recursive: true });
  for (const file of [directory.ecsConfig, directory.beneath, directory.agentLog]) {
    mkdirSync(join(file, '..'), { recursive: true });
  }
  writeFileSync(join(directory.etc, 'os-release'), `NAME="Amazon Linux"\nID="amzn"\n${versions[family]}\n`);
  const shim = join(directory.bin, 'shim');
  copyFileSync(join(programs, 'shim.py'), shim);
  chmodSync(shim, 0o755);
  copyFileSync(join(programs, 'link_network.py'), join(directory.bin, 'link_network.py'));
  for (const tool of tools[family]) symlinkSync('shim', join(directory.bin, tool));
  return directory;
}

const versions: Record<HostFamily, string> = {
  al1: 'VERSION_ID="2018.03"',
  al2: 'VERSION_ID="2"',
  al2023: 'VERSION_ID="2023"',
};

const tools: Record<HostFamily, readonly string[]> = {
  al1: ['docker', 'stop', 'start'],
  al2: ['docker', 'systemctl'],
  al2023: ['docker', 'systemctl'],
};

function pathsOf(root: string): HostDirectory {
  const etc = join(root, 'etc');
  const variable = join(root, 'var');
  return {
    root,
    etc,
    var: variable,
    run: join(root, 'run'),
    bin: join(root, 'bin'),
    ecsConfig: join(etc, 'ecs/ecs.config'),
    beneath: join(variable, 'lib/ecs/ecs.config'),
    agentLog: join(variable, 'log/ecs/ecs-agent.log'),
  };
}
