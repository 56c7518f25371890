import {
  DescribeSecretCommand,
  type DescribeSecretCommandOutput,
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  type GetSecretValueCommandOutput,
  PutSecretValueCommand,
  type PutSecretValueCommandInput,
  type PutSecretValueCommandOutput,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
  type UpdateSecretVersionStageCommandInput,
} from '@aws-sdk/client-secrets-manager';
import { createSecrets, type Secrets } from '../../../../sandbox/aws/secrets/secrets.ts';
import { createHandClock, type HandClock } from '../hand-clock.ts';
import { startStandIn } from '../start-stand-in.ts';

/** A stand-in with one secret, `prod/ghcr`, whose first version holds `first`. */
export interface SecretsUnderTest {
  readonly clock: HandClock;
  readonly secrets: Secrets;
  readonly client: SecretsManagerClient;
  readonly arn: string;
  readonly firstId: string;
  readonly problems: readonly string[];
  get(input?: Partial<GetSecretValueCommandInput>): Promise<GetSecretValueCommandOutput>;
  put(input?: Partial<PutSecretValueCommandInput>): Promise<PutSecretValueCommandOutput>;
  move(input: Partial<UpdateSecretVersionStageCommandInput>): Promise<unknown>;
  describe(SecretId?: string): Promise<DescribeSecretCommandOutput>;
  /** Version ids to labels, as AWS holds them. */
  labels(): Record<string, readonly string[]>;
  close(): Promise<void>;
}

export const name = 'prod/ghcr';

/** A version's id made from one digit, as long as AWS wants tokens to be. */
export const token = (digit: number): string => String(digit).repeat(32);

export async function startSecrets(): Promise<SecretsUnderTest> {
  const clock = createHandClock();
  const secrets = createSecrets({ clock, account: '123456789012', region: 'eu-west-1' });
  const { arn, versionId: firstId } = secrets.create({ name, value: 'first', suffix: 'AbCdEf' });
  const { server, clients } = await startStandIn([secrets.service], { clock });
  const client = clients.secrets;
  return {
    clock,
    secrets,
    client,
    arn,
    firstId,
    problems: server.problems,
    get: (input) => client.send(new GetSecretValueCommand({ SecretId: name, ...input })),
    put: (input) =>
      client.send(new PutSecretValueCommand({ SecretId: name, SecretString: 'second', ...input })),
    move: (input) =>
      client.send(
        new UpdateSecretVersionStageCommand({ SecretId: name, VersionStage: 'AWSCURRENT', ...input }),
      ),
    describe: (SecretId = name) => client.send(new DescribeSecretCommand({ SecretId })),
    labels: () => Object.fromEntries(secrets.versionsOf(name).map(({ id, labels }) => [id, labels])),
    close: () => server.close(),
  };
}
