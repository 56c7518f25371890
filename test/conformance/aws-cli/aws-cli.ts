import { execFile } from 'node:child_process';
import type { World } from '../../../sandbox/world.ts';

/** How a command of the AWS CLI ended, and what it printed: parsed where it is JSON, else the text. */
export interface CliAnswer {
  readonly exit: number;
  readonly printed: unknown;
  readonly error: string;
}

/** Runs one command, such as `('ecs', 'list-clusters')`, with nothing told to it but where AWS is. */
export type AwsCli = (...command: string[]) => Promise<CliAnswer>;

/** A command that hangs is ended: the waiter of the CLI would go on for ten minutes. */
const limitMs = 40_000;

/** The AWS CLI of Debian's package, where it is installed, pointed at a target of the world. Rejects where there is none. */
export function awsCliFor(world: World, targetId: string): AwsCli {
  const target = world.targets.get(targetId);
  const region = world.plan.targets.find(({ id }) => id === targetId)?.region;
  if (!target || !region) throw new Error(`no target ${targetId}`);
  const common = ['--endpoint-url', target.server.url, '--region', region, '--output', 'json'];
  return (...command) => run([...common, ...command]);
}

/** Asynchronous on purpose: the stand-in answers from this same process. */
function run(args: readonly string[]): Promise<CliAnswer> {
  return new Promise((resolve, reject) => {
    execFile('aws', args, { env: environment(), timeout: limitMs }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') {
        reject(new Error(`the AWS CLI cannot run: ${error.message}`));
        return;
      }
      resolve({ exit: Number(error?.code ?? 0), printed: parsed(stdout), error: stderr });
    });
  });
}

/** No profile, pager or instance role of the machine; keys that sign, and that nothing checks. */
function environment(): NodeJS.ProcessEnv {
  return {
    PATH: `/usr/bin:${process.env.PATH ?? ''}`,
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
  };
}

function parsed(text: string): unknown {
  return text.trimStart().startsWith('{') ? JSON.parse(text) : text;
}
