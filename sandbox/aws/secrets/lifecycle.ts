import type { WireObject } from '../operation.ts';
import { replicationStatus } from './describe.ts';
import { numberOf, objectsOf, requiredText, textOf, textsOf } from './input.ts';
import { addVersion, readContent, readToken } from './put.ts';
import { refusals } from './refusals.ts';
import { isSameContent, type Secret, wireTime } from './secret.ts';
import type { SecretStore } from './store.ts';

/** CreateSecret. The same token with the same content for an existing secret is a success that changes nothing. */
export function createSecret(store: SecretStore, input: WireObject): WireObject {
  const name = requiredText(input, 'Name');
  if (!/^[A-Za-z0-9/_+=.@!-]{1,512}$/.test(name)) throw refusals.invalid('name', namePattern);
  const content = readContent(input);
  const token = readToken(input);
  const existing = store.byName(name);
  if (existing) {
    const version = token === undefined ? undefined : existing.versions.get(token);
    if (existing.deletesAt !== undefined) throw refusals.nameMarkedForDeletion();
    if (!version || !content || !isSameContent(version.content, content)) throw refusals.exists(name);
    return { ARN: existing.arn, Name: name, VersionId: version.id };
  }
  const secret = store.add(name);
  fill(store, secret, input);
  const version = content && addVersion(store, secret, { content, id: token });
  const replication = secret.replicas.length > 0 ? replicationStatus(secret) : undefined;
  return { ARN: secret.arn, Name: name, VersionId: version?.id, ReplicationStatus: replication };
}

/** DeleteSecret: a recovery window of 7 to 30 days, 30 by default, or at once. */
export function deleteSecret(store: SecretStore, input: WireObject): WireObject {
  const secret = store.findWritable(requiredText(input, 'SecretId'));
  const days = numberOf(input, 'RecoveryWindowInDays');
  const isForced = input.ForceDeleteWithoutRecovery === true;
  if (isForced && days !== undefined) {
    throw refusals.invalidParameter(
      "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    );
  }
  if (days !== undefined && (days < 7 || days > 30)) {
    throw refusals.invalidParameter('RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
  }
  const deletesAt = store.clock.now() + (isForced ? 0 : (days ?? 30) * dayMs);
  secret.deletesAt = deletesAt;
  return { ARN: secret.arn, Name: secret.name, DeletionDate: wireTime(deletesAt) };
}

/** RestoreSecret: takes the mark for deletion back. */
export function restoreSecret(store: SecretStore, input: WireObject): WireObject {
  const secret = store.find(requiredText(input, 'SecretId'));
  delete secret.deletesAt;
  return { ARN: secret.arn, Name: secret.name };
}

/** TagResource: a tag that is there gets the new value. */
export function tagResource(store: SecretStore, input: WireObject): WireObject {
  addTags(store.findReadable(requiredText(input, 'SecretId')), input);
  return {};
}

/** UntagResource: a tag that is not there is passed over. */
export function untagResource(store: SecretStore, input: WireObject): WireObject {
  const secret = store.findReadable(requiredText(input, 'SecretId'));
  for (const key of textsOf(input, 'TagKeys')) secret.tags.delete(key);
  return {};
}

const dayMs = 24 * 60 * 60 * 1000;

const namePattern = 'Member must satisfy regular expression pattern: [A-Za-z0-9/_+=.@!-]{1,512}';

function fill(store: SecretStore, secret: Secret, input: WireObject): void {
  const description = textOf(input, 'Description');
  const kmsKeyId = textOf(input, 'KmsKeyId');
  const regions = objectsOf(input, 'AddReplicaRegions').map((one) => requiredText(one, 'Region'));
  if (description !== undefined) secret.description = description;
  if (kmsKeyId !== undefined) secret.kmsKeyId = kmsKeyId;
  addTags(secret, input);
  if (regions.length === 0) return;
  secret.primaryRegion = store.region;
  secret.replicas = regions.map((region) => ({ region, status: 'InSync' }));
}

function addTags(secret: Secret, input: WireObject): void {
  for (const tag of objectsOf(input, 'Tags')) {
    secret.tags.set(requiredText(tag, 'Key'), textOf(tag, 'Value') ?? '');
  }
}
