import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createIam } from '../../../../sandbox/aws/iam/iam.ts';
import { createSecrets } from '../../../../sandbox/aws/secrets/secrets.ts';
import { type AwsServer, startAwsServer } from '../../../../sandbox/aws/server.ts';
import { isolationTrouble, type Ran } from '../../../../sandbox/aws/ssm/host/bubblewrap.ts';
import {
  type Host,
  type HostOptions,
  type PythonRuntime,
  startHost,
} from '../../../../sandbox/aws/ssm/host/host.ts';
import { wallClock } from '../../../../src/clock.ts';
import { instanceDocument } from '../../../../src/credentials/agent/instance/document.ts';
import { script } from './ask-script.ts';
import { password, registry, userName } from './texts.ts';

export const role = 'arn:aws:iam::123456789012:role/ecsInstanceRole';

/** A Python the suite can run under, and how its name reads in a title. */
export interface Interpreter {
  readonly name: string;
  /** Undefined for the machine's own python3. */
  readonly runtime?: PythonRuntime;
}

/** What the script printed, read, beside the run itself. */
export interface Told extends Ran {
  readonly status: {
    readonly outcome: string;
    readonly reasons?: readonly { readonly name: string; readonly detail?: string }[];
    readonly [member: string]: unknown;
  };
}

/** Shell commands that run inside just before and just after the script. */
export interface Around {
  readonly before: string;
  readonly after: string;
}

/** A container instance with its own AWS, on which the production script runs. */
export interface InstanceUnderTest {
  readonly host: Host;
  readonly server: AwsServer;
  readonly secrets: ReturnType<typeof createSecrets>;
  readonly iam: ReturnType<typeof createIam>;
  readonly arn: string;
  readonly versionId: string;
  run(mode: string, parameters?: Readonly<Record<string, string>>, around?: Around): Promise<Told>;
  /** /etc/ecs/ecs.config; undefined where there is none. */
  config(): string | undefined;
  close(): Promise<void>;
}

export type InstanceOptions = Partial<
  Pick<HostOptions, 'family' | 'config' | 'userData' | 'mounts' | 'onAgentStart' | 'credentials'>
> & {
  readonly python?: Interpreter;
  /** What the secret holds; the new login by default. */
  readonly value?: string;
  /** Of another AWS than the stand-in. */
  readonly awsPort?: number;
};

/** Throws in words for a person where bubblewrap is missing: nothing here can be shown without it. */
export async function startInstance(options: InstanceOptions = {}): Promise<InstanceUnderTest> {
  const trouble = isolationTrouble();
  if (trouble) throw new Error(trouble);
  const secrets = createSecrets({ clock: wallClock, account: '123456789012', region: 'eu-west-1' });
  const value = options.value ?? JSON.stringify({ username: userName, password });
  const { arn, versionId } = secrets.create({ name: 'ecs-rotate/prod/ghcr.io', value, suffix: 'AbCdEf' });
  const iam = createIam({ callers: { AKIDINSTANCE: role }, secretArn: (id) => secrets.arnOf(id) });
  const { authorize } = iam;
  const server = await startAwsServer({ clock: wallClock, services: [secrets.service], authorize });
  const host = await startHost(hostOptions(options, options.awsPort ?? Number(new URL(server.url).port)));
  const usual = { SecretArn: arn, VersionId: versionId, Registry: registry, AuthType: 'keep', Limit: '10' };
  return {
    host,
    server,
    secrets,
    iam,
    arn,
    versionId,
    async run(mode, parameters = {}, around) {
      const given = { ...usual, Salt: '0123456789abcdef'.repeat(2), ...parameters, Mode: mode };
      const environment = Object.entries(given).map(([name, text]) => [`SSM_${name}`, text]);
      const script = around ? `${around.before}\n(${commands}\n)\n${around.after}` : commands;
      const ran = await host.run(script, Object.fromEntries(environment));
      return { ...ran, status: JSON.parse(ran.stdout) };
    },
    config: () =>
      readdirSync(join(host.directory.etc, 'ecs')).includes('ecs.config') ? read(host) : undefined,
    async close() {
      await host.close();
      await server.close();
    },
  };
}

/** Ends the instance, after a look that nothing was left behind and that AWS was played without a fault. */
export async function endInstance(instance: InstanceUnderTest): Promise<void> {
  const names = readdirSync(join(instance.host.directory.etc, 'ecs'));
  await instance.close();
  expect(names.filter((name) => name !== 'ecs.config')).toEqual([]);
  expect(instance.server.problems).toEqual([]);
}

/** The interpreters of this machine: python3, and a Python 2.7 where there is one. */
export function interpreters(): readonly Interpreter[] {
  const runtime = findPython27();
  return [{ name: 'Python 3' }, ...(runtime ? [{ name: 'Python 2.7', runtime }] : [])];
}

/** PYTHON27 names one that is not on the path. */
function findPython27(): PythonRuntime | undefined {
  const asked = 'import sys; print("|".join([sys.version[:3], sys.executable, sys.prefix, sys.platform]))';
  for (const name of [process.env.PYTHON27, 'python2.7', 'python2', 'python']) {
    if (!name) continue;
    const answered = spawnSync(name, ['-c', asked], { encoding: 'utf8' });
    const [version, path, prefix, platform] = (answered.stdout ?? '').trim().split('|');
    if (version === '2.7' && path && prefix && platform?.startsWith('linux')) return { path, prefix };
  }
  return undefined;
}

const commands = instanceDocument(script).mainSteps[0].inputs.runCommand.join('\n');

function hostOptions(options: InstanceOptions, awsPort: number): HostOptions {
  const { python, value: _, family = 'al2023', ...rest } = options;
  return {
    clock: wallClock,
    root: mkdtempSync(join(tmpdir(), 'i-')),
    family,
    cluster: 'prod',
    containerInstanceArn: 'arn:aws:ecs:eu-west-1:123456789012:container-instance/prod/0123',
    awsPort,
    credentials: () => ({
      role: 'ecsInstanceRole',
      accessKeyId: 'AKIDINSTANCE',
      secretAccessKey: 'instance-secret-key',
      token: 'instance-session-token',
    }),
    ...rest,
    ...(python?.runtime && { python: python.runtime }),
  };
}

const read = ({ directory }: Host): string => readFileSync(directory.ecsConfig, 'utf8');
