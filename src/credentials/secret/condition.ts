import { DescribeSecretCommand, type DescribeSecretCommandOutput } from '@aws-sdk/client-secrets-manager';
import type { CredentialCondition } from '../../rotation/rules/credential.ts';
import { askSecret, CURRENT, PENDING, type Secret } from './secret.ts';

/** What can be told of a secret without reading its value. */
export async function readCondition(secret: Secret): Promise<CredentialCondition> {
  const described = await describe(secret);
  const { PrimaryRegion, OwningService, RotationEnabled, DeletedDate } = described;
  const currentVersionId = holderOf(described, CURRENT);
  const pendingVersionId = holderOf(described, PENDING);
  return {
    ...(currentVersionId && { currentVersionId }),
    ...(pendingVersionId && { pendingVersionId }),
    ...(OwningService && { owningService: OwningService }),
    rotationEnabled: RotationEnabled ?? false,
    isReplica: PrimaryRegion !== undefined && PrimaryRegion !== secret.region,
    pendingDeletion: DeletedDate !== undefined,
  };
}

/** The version that has each label, by label. */
export async function readLabels(secret: Secret): Promise<(label: string) => string | undefined> {
  const described = await describe(secret);
  return (label) => holderOf(described, label);
}

function describe(secret: Secret): Promise<DescribeSecretCommandOutput> {
  const command = new DescribeSecretCommand({ SecretId: secret.arn });
  return askSecret(secret, 'DescribeSecret', () => secret.client.send(command));
}

function holderOf(
  { VersionIdsToStages = {} }: DescribeSecretCommandOutput,
  label: string,
): string | undefined {
  return Object.entries(VersionIdsToStages).find(([, labels]) => labels.includes(label))?.[0];
}
