import type { WireObject } from '../operation.ts';
import { requiredText, textOf, textsOf } from './input.ts';
import { currentLabel, moveLabel } from './labels.ts';
import { refusals } from './refusals.ts';
import { isSameContent, type Secret, type SecretContent, type SecretVersion } from './secret.ts';
import type { SecretStore } from './store.ts';

/** PutSecretValue. */
export function putSecretValue(store: SecretStore, input: WireObject): WireObject {
  const secret = store.findWritable(requiredText(input, 'SecretId'));
  const content = readContent(input);
  if (!content) throw refusals.noContent();
  const version = addVersion(store, secret, {
    content,
    id: readToken(input),
    labels: readLabels(input),
  });
  return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.labels] };
}

export interface VersionToAdd {
  readonly content: SecretContent;
  readonly id?: string | undefined;
  /** Undefined moves AWSCURRENT at once, as AWS does where the caller names no labels. */
  readonly labels?: readonly string[] | undefined;
}

/**
 * Adds a version under its token. The same token with the same content is a success that changes nothing.
 * @throws {AwsFault} ResourceExistsException for the same token with another content; LimitExceededException.
 */
export function addVersion(store: SecretStore, secret: Secret, toAdd: VersionToAdd): SecretVersion {
  const id = toAdd.id ?? store.newId();
  const existing = secret.versions.get(id);
  if (existing && isSameContent(existing.content, toAdd.content)) return existing;
  if (existing) throw refusals.tokenUsed(id, secret.arn);
  const now = store.clock.now();
  makeRoom(secret, now);
  const version: SecretVersion = { id, content: toAdd.content, labels: new Set(), createdAt: now };
  const isFirst = secret.versions.size === 0;
  secret.versions.set(id, version);
  const labels = new Set([...(toAdd.labels ?? [currentLabel]), ...(isFirst ? [currentLabel] : [])]);
  for (const label of labels) moveLabel(secret, label, version, now);
  secret.changedAt = now;
  return version;
}

/** What a request wants stored; undefined where it brings nothing. @throws {AwsFault} over 65,536 bytes. */
export function readContent(input: WireObject): SecretContent | undefined {
  const text = textOf(input, 'SecretString');
  const binary = textOf(input, 'SecretBinary');
  if (text !== undefined && binary !== undefined) throw refusals.twoContents();
  if (text !== undefined) return { text: sized('secretString', text, Buffer.byteLength(text)) };
  if (binary === undefined) return undefined;
  return { binary: sized('secretBinary', binary, Buffer.from(binary, 'base64').length) };
}

/** The version's id as the caller chose it. @throws {AwsFault} for another length than 32 to 64. */
export function readToken(input: WireObject): string | undefined {
  const token = textOf(input, 'ClientRequestToken');
  if (token !== undefined && (token.length < 32 || token.length > 64)) throw refusals.badToken();
  return token;
}

/** AWS keeps "about 100" versions and never drops one that is labelled or younger than a day. */
const maxVersions = 100;
const dayMs = 24 * 60 * 60 * 1000;
const maxBytes = 65_536;
const maxLabels = 20;

function makeRoom(secret: Secret, now: number): void {
  if (secret.versions.size < maxVersions) return;
  const isOld = (version: SecretVersion) => version.labels.size === 0 && now - version.createdAt >= dayMs;
  const oldest = [...secret.versions.values()].find(isOld);
  if (!oldest) throw refusals.tooManyVersions(secret.name);
  secret.versions.delete(oldest.id);
}

function readLabels(input: WireObject): string[] | undefined {
  if (input.VersionStages === undefined) return undefined;
  const labels = textsOf(input, 'VersionStages');
  if (labels.length >= 1 && labels.length <= maxLabels) return labels;
  throw refusals.invalid('versionStages', `Member must have length between 1 and ${maxLabels}`);
}

function sized(member: string, value: string, bytes: number): string {
  if (bytes >= 1 && bytes <= maxBytes) return value;
  throw refusals.invalid(member, `Member must have length between 1 and ${maxBytes}`);
}
