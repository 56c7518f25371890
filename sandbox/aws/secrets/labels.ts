import type { Secret, SecretVersion } from './secret.ts';

export const currentLabel = 'AWSCURRENT';
export const previousLabel = 'AWSPREVIOUS';

/** The version that holds a label. A label is on one version at most. */
export function holderOf(secret: Secret, label: string): SecretVersion | undefined {
  return [...secret.versions.values()].find(({ labels }) => labels.has(label));
}

/**
 * Puts a label on a version and takes it off the one that had it. Moving AWSCURRENT moves AWSPREVIOUS to the
 * version it left, as the API reference of UpdateSecretVersionStage says.
 */
export function moveLabel(secret: Secret, label: string, to: SecretVersion, now: number): void {
  const from = holderOf(secret, label);
  if (from?.id === to.id) return;
  from?.labels.delete(label);
  to.labels.add(label);
  secret.changedAt = now;
  if (label !== currentLabel) return;
  secret.currentMoves.push({ at: now, versionId: to.id });
  if (from) moveLabel(secret, previousLabel, from, now);
}

/** The labels of every version that has some, as DescribeSecret shows them. */
export function labelsByVersion(secret: Secret): Record<string, string[]> {
  const labelled = [...secret.versions.values()].filter(({ labels }) => labels.size > 0);
  return Object.fromEntries(labelled.map(({ id, labels }) => [id, [...labels]]));
}
