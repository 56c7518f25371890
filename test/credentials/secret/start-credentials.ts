import { inspect } from 'node:util';
import { createSecrets } from '../../../sandbox/aws/secrets/secrets.ts';
import { startAwsServer } from '../../../sandbox/aws/server.ts';
import { createAws } from '../../../src/aws.ts';
import { createSecretCredentials } from '../../../src/credentials/secret/credentials.ts';
import type { RotatedCredential } from '../../../src/rotation/rules/credential.ts';
import { SecretValue } from '../../../src/secret-value.ts';
import { standingClock } from '../../records/table-for-test.ts';

export const name = 'prod/ghcr';
export const login = { userName: 'acme-pull', password: SecretValue.of('n3w"tok\\en') };
export const tokenOf = (n: number) => String(n).repeat(40);
export const first = '{"username":"acme-pull","password":"old-token"}';

/** Secrets Manager with one secret, and our credentials on the real SDK's client. */
export async function startCredentials(value = first) {
  const { clock } = standingClock();
  const secrets = createSecrets({ clock, account: '111122223333', region: 'eu-west-1' });
  const { arn, versionId } = secrets.create({ name, value });
  const server = await startAwsServer({ clock, services: [secrets.service], warn: () => {} });
  const aws = createAws({
    targets: [
      { id: 'prod', region: 'eu-west-1', account: '111122223333', stage: 'production' },
      { id: 'far', region: 'us-east-1', account: '111122223333', stage: 'production' },
    ],
    endpoint: server.url,
    maxAttempts: 2,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const odd: string[] = [];
  const credentials = createSecretCredentials({ aws, clock, onOddKey: (_, key) => odd.push(key) });
  const rotated = (stagedVersionId: string): RotatedCredential => ({
    ...ref,
    name,
    baseVersionId: versionId,
    stagedVersionId,
  });
  const ref = { kind: 'secret' as const, target: 'prod', id: arn };
  return { secrets, server, aws, credentials, ref, versionId, odd, rotated };
}

export type CredentialsUnderTest = Awaited<ReturnType<typeof startCredentials>>;

/** Value and labels of a version, as AWS holds them. */
export function versionOf({ secrets }: CredentialsUnderTest, id: string) {
  return secrets.versionsOf(name).find((version) => version.id === id);
}

/** Which version has a label. */
export function holderOf({ secrets }: CredentialsUnderTest, label: string) {
  return secrets.versionsOf(name).find(({ labels }) => labels.includes(label))?.id;
}

/** The code of the RotateError a call ends with. */
export async function errorOf(
  call: Promise<unknown>,
): Promise<{ code?: string; facts?: unknown; text: string }> {
  const error: unknown = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  const text = inspect(error, { depth: 9, showHidden: true });
  return typeof error === 'object' && error !== null && 'code' in error
    ? { code: String(error.code), facts: 'facts' in error ? error.facts : undefined, text }
    : { text };
}
