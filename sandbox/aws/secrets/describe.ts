import type { WireObject } from '../operation.ts';
import { matchesFilters, readFilters } from './filters.ts';
import { requiredText } from './input.ts';
import { labelsByVersion } from './labels.ts';
import { pageOf } from './page.ts';
import type { ReadKnobs } from './read.ts';
import { type Secret, type SecretVersion, wireTime } from './secret.ts';
import type { SecretStore } from './store.ts';

/** DescribeSecret: answers for a secret marked for deletion too. */
export function describeSecret(store: SecretStore, input: WireObject): WireObject {
  const secret = store.find(requiredText(input, 'SecretId'));
  const replication = secret.replicas.length > 0 ? replicationStatus(secret) : undefined;
  return {
    ...facts(secret),
    VersionIdsToStages: labelsByVersion(secret),
    ReplicationStatus: replication,
  };
}

/** ListSecrets: those marked for deletion only where IncludePlannedDeletion asks for them. */
export function listSecrets(store: SecretStore, knobs: ReadKnobs, input: WireObject): WireObject {
  const filters = readFilters(input);
  const isListed = (secret: Secret) =>
    input.IncludePlannedDeletion === true || secret.deletesAt === undefined;
  const matching = store.all().filter((secret) => isListed(secret) && matchesFilters(secret, filters));
  const ordered = input.SortOrder === 'asc' ? matching : matching.toReversed();
  const { items, nextToken } = pageOf(ordered, input, { most: Math.min(100, knobs.maxPage) });
  const entry = (secret: Secret) => ({ ...facts(secret), SecretVersionsToStages: labelsByVersion(secret) });
  return { SecretList: items.map(entry), NextToken: nextToken };
}

/** ListSecretVersionIds: versions without a label only where IncludeDeprecated asks for them. */
export function listSecretVersionIds(store: SecretStore, knobs: ReadKnobs, input: WireObject): WireObject {
  const secret = store.find(requiredText(input, 'SecretId'));
  const isListed = ({ labels }: SecretVersion) => input.IncludeDeprecated === true || labels.size > 0;
  const versions = [...secret.versions.values()].filter(isListed);
  const { items, nextToken } = pageOf(versions, input, { most: Math.min(100, knobs.maxPage) });
  const entry = (version: SecretVersion) => ({
    VersionId: version.id,
    VersionStages: version.labels.size > 0 ? [...version.labels] : undefined,
    CreatedDate: wireTime(version.createdAt),
  });
  return { ARN: secret.arn, Name: secret.name, Versions: items.map(entry), NextToken: nextToken };
}

/** GetResourcePolicy: no ResourcePolicy member where the secret has none. */
export function getResourcePolicy(store: SecretStore, input: WireObject): WireObject {
  const secret = store.findReadable(requiredText(input, 'SecretId'));
  return { ARN: secret.arn, Name: secret.name, ResourcePolicy: secret.resourcePolicy };
}

/** As DescribeSecret and the answers that change replicas show it. */
export function replicationStatus(secret: Secret): WireObject[] {
  return secret.replicas.map(({ region, status }) => ({ Region: region, Status: status }));
}

/** What DescribeSecret and ListSecrets have in common. */
function facts(secret: Secret): WireObject {
  return {
    ARN: secret.arn,
    Name: secret.name,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    RotationEnabled: secret.rotationEnabled,
    LastChangedDate: wireTime(secret.changedAt),
    DeletedDate: secret.deletesAt && wireTime(secret.deletesAt),
    Tags: [...secret.tags].map(([Key, Value]) => ({ Key, Value })),
    OwningService: secret.owningService,
    CreatedDate: wireTime(secret.createdAt),
    PrimaryRegion: secret.primaryRegion,
  };
}
