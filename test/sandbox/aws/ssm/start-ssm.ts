import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { CommandDocument } from '../../../../sandbox/aws/ssm/command-document.ts';
import type { Ran } from '../../../../sandbox/aws/ssm/host/bubblewrap.ts';
import { startHost } from '../../../../sandbox/aws/ssm/host/host.ts';
import { createSsm, type Ssm } from '../../../../sandbox/aws/ssm/ssm.ts';
import { createHandClock, type HandClock } from '../hand-clock.ts';
import { startStandIn } from '../start-stand-in.ts';

/** Run Command over nodes whose scripts are answered by the test, so that nothing needs bubblewrap. */
export interface SsmUnderTest {
  readonly clock: HandClock;
  readonly ssm: Ssm;
  readonly client: SSMClient;
  readonly problems: readonly string[];
  /** Environments of the scripts that ran, by the cluster's name, which is here the instance's id. */
  readonly ran: { readonly instanceId: string; readonly environment: Readonly<Record<string, string>> }[];
  /** Adds nodes with these ids. */
  add(...instanceIds: string[]): Promise<void>;
  close(): Promise<void>;
}

/** What a node's script does: ends at once with 0 and `done`, unless the test says otherwise. */
export type Answering = (instanceId: string, signal: AbortSignal | undefined) => Promise<Ran> | Ran;

export const documentName = 'ecs-rotate-instance';

const document: CommandDocument = {
  schemaVersion: '2.2',
  parameters: {
    Mode: { type: 'String', allowedValues: ['inspect', 'apply'], interpolationType: 'ENV_VAR' },
    Salt: { type: 'String', default: '', allowedPattern: '^[a-f]*$' },
  },
  mainSteps: [
    {
      action: 'aws:runShellScript',
      name: 'login',
      inputs: { runCommand: ['echo {{Salt}}', 'echo {{ssm:x}}'] },
    },
  ],
};

export async function startSsm(
  answering: Answering = () => ({ code: 0, stdout: 'done\n', stderr: '' }),
): Promise<SsmUnderTest> {
  const clock = createHandClock();
  const root = mkdtempSync(join(tmpdir(), 's-'));
  const ran: { instanceId: string; environment: Readonly<Record<string, string>> }[] = [];
  const ssm = createSsm({
    clock,
    root,
    documents: { [documentName]: document },
    awsPort: () => 1,
    async startHost(options) {
      const host = await startHost(options);
      return {
        ...host,
        async run(_, environment, signal) {
          ran.push({ instanceId: options.cluster, environment });
          return answering(options.cluster, signal);
        },
      };
    },
  });
  const { server } = await startStandIn([ssm.service], { clock });
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'of-no-use' };
  return {
    clock,
    ssm,
    client: new SSMClient({ endpoint: server.url, region: 'eu-west-1', credentials, maxAttempts: 1 }),
    problems: server.problems,
    ran,
    async add(...instanceIds) {
      for (const instanceId of instanceIds) {
        const rest = { containerInstanceArn: `arn:${instanceId}`, credentials: () => undefined };
        await ssm.addNode({
          instanceId,
          cluster: instanceId,
          family: 'al2023',
          tags: { fleet: 'a' },
          ...rest,
        });
      }
    },
    async close() {
      await ssm.close();
      await server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
