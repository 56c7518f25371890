import type { WireObject } from '../operation.ts';
import { requiredText, textOf } from './input.ts';
import { currentLabel, holderOf, moveLabel } from './labels.ts';
import { refusals } from './refusals.ts';
import type { Secret, SecretVersion } from './secret.ts';
import type { SecretStore } from './store.ts';

/**
 * UpdateSecretVersionStage: a compare-and-swap. A label that is on another version moves only where
 * RemoveFromVersionId names that version, so of two callers who saw the same state one is refused.
 */
export function updateSecretVersionStage(store: SecretStore, input: WireObject): WireObject {
  const secret = store.findWritable(requiredText(input, 'SecretId'));
  const label = requiredText(input, 'VersionStage');
  if (label.length > 256) throw refusals.invalid('versionStage', 'Member must have length between 1 and 256');
  const to = versionNamed(secret, textOf(input, 'MoveToVersionId'));
  const from = versionNamed(secret, textOf(input, 'RemoveFromVersionId'));
  if (to) moveTo(store, secret, { label, to, from });
  else removeFrom(store, secret, { label, from });
  return { ARN: secret.arn, Name: secret.name };
}

interface LabelMove {
  readonly label: string;
  readonly to: SecretVersion;
  readonly from: SecretVersion | undefined;
}

function moveTo(store: SecretStore, secret: Secret, { label, to, from }: LabelMove): void {
  const holder = holderOf(secret, label);
  if (from && holder?.id !== from.id) throw refusals.labelNotThere(label);
  if (holder && holder.id !== to.id && !from) throw refusals.labelElsewhere(label, holder.id);
  if (!to.labels.has(label) && to.labels.size >= maxLabels) throw tooManyLabels();
  moveLabel(secret, label, to, store.clock.now());
}

function removeFrom(store: SecretStore, secret: Secret, { label, from }: Omit<LabelMove, 'to'>): void {
  if (!from) throw refusals.nothingToMove();
  if (!from.labels.has(label)) throw refusals.labelNotThere(label);
  if (label === currentLabel) throw refusals.currentNotRemovable();
  from.labels.delete(label);
  secret.changedAt = store.clock.now();
}

function versionNamed(secret: Secret, id: string | undefined): SecretVersion | undefined {
  if (id === undefined) return undefined;
  const version = secret.versions.get(id);
  if (!version) throw refusals.noSuchVersion(id);
  return version;
}

const maxLabels = 20;

const tooManyLabels = () =>
  refusals.invalidParameter(`A version can have at most ${maxLabels} staging labels.`);
