import { AwsFault, type WireObject } from '../operation.ts';
import { matchesFilters, readFilters } from './filters.ts';
import { requiredText, textOf, textsOf } from './input.ts';
import { currentLabel, holderOf, previousLabel } from './labels.ts';
import { pageOf } from './page.ts';
import { refusals } from './refusals.ts';
import { type Secret, type SecretVersion, wireTime } from './secret.ts';
import type { SecretStore } from './store.ts';

/** Knobs that reads and lists look at. */
export interface ReadKnobs {
  /** How long after a move reads by AWSCURRENT still give the old version, in ms of the sandbox's clock. */
  lagMs: number;
  /** Forces pages of at most this many, so that a caller who forgets to page shows. */
  maxPage: number;
}

/** GetSecretValue, by version id, by label, or by both where they agree. */
export function getSecretValue(store: SecretStore, knobs: ReadKnobs, input: WireObject): WireObject {
  const secret = store.findReadable(requiredText(input, 'SecretId'));
  const id = textOf(input, 'VersionId');
  const label = textOf(input, 'VersionStage');
  if (id === undefined) return valueEntry(secret, ...byLabel(store, knobs, secret, label ?? currentLabel));
  const version = secret.versions.get(id);
  if (!version) throw refusals.noSuchVersion(id);
  if (label !== undefined && !version.labels.has(label)) throw refusals.labelNotOnVersion();
  return valueEntry(secret, version, [...version.labels]);
}

/** BatchGetSecretValue: up to 20 ids, or filters. What cannot be read stands in Errors of a 200 answer. */
export function batchGetSecretValue(store: SecretStore, knobs: ReadKnobs, input: WireObject): WireObject {
  const ids = textsOf(input, 'SecretIdList');
  const filters = readFilters(input);
  if ((ids.length === 0) === (filters.length === 0)) {
    throw refusals.invalidParameter('You must specify either SecretIdList or Filters, but not both.');
  }
  if (ids.length > 20)
    throw refusals.invalid('secretIdList', 'Member must have length less than or equal to 20');
  if (ids.length > 0) return readEach(store, knobs, ids);
  const matching = store.all().filter((secret) => !secret.deletesAt && matchesFilters(secret, filters));
  const page = pageOf(matching, input, { most: Math.min(20, knobs.maxPage) });
  const read = readEach(
    store,
    knobs,
    page.items.map(({ arn }) => arn),
  );
  return { ...read, NextToken: page.nextToken };
}

/** The value in force at this moment, as a task's execution role reads it. @throws {AwsFault} as GetSecretValue. */
export function readCurrentText(store: SecretStore, knobs: ReadKnobs, secretId: string): string {
  const secret = store.findReadable(secretId);
  const [version] = byLabel(store, knobs, secret, currentLabel);
  return version.content.text ?? '';
}

function readEach(store: SecretStore, knobs: ReadKnobs, ids: readonly string[]): WireObject {
  const SecretValues: WireObject[] = [];
  const Errors: WireObject[] = [];
  for (const id of ids) {
    try {
      SecretValues.push(getSecretValue(store, knobs, { SecretId: id }));
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      Errors.push({ SecretId: id, ErrorCode: error.type, Message: error.message });
    }
  }
  return { SecretValues, Errors };
}

function byLabel(
  store: SecretStore,
  knobs: ReadKnobs,
  secret: Secret,
  label: string,
): [SecretVersion, string[]] {
  const holder = holderOf(secret, label);
  if (!holder) throw refusals.noSuchLabel(label);
  const stale = label === currentLabel ? staleCurrent(secret, store.clock.now() - knobs.lagMs) : undefined;
  if (!stale || stale.id === holder.id) return [holder, [...holder.labels]];
  const labels = [...stale.labels].filter((one) => one !== previousLabel);
  return [stale, [...labels, currentLabel]];
}

/** The version that had AWSCURRENT at a moment of the past: Secrets Manager is eventually consistent. */
function staleCurrent(secret: Secret, at: number): SecretVersion | undefined {
  const move = secret.currentMoves.findLast((one) => one.at <= at) ?? secret.currentMoves[0];
  return move && secret.versions.get(move.versionId);
}

function valueEntry(secret: Secret, version: SecretVersion, labels: string[]): WireObject {
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    SecretString: version.content.text,
    SecretBinary: version.content.binary,
    VersionStages: labels,
    CreatedDate: wireTime(version.createdAt),
  };
}
