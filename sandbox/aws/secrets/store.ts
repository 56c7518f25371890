import type { Clock } from '../../../src/clock.ts';
import { refusals } from './refusals.ts';
import type { Secret } from './secret.ts';

/** The secrets of one account and region. */
export interface SecretStore {
  readonly clock: Clock;
  readonly region: string;
  /** A fresh id for a version, 36 characters. */
  newId(): string;
  /** By name, full ARN or partial ARN. */
  lookUp(secretId: string): Secret | undefined;
  /** As `lookUp`. @throws {AwsFault} ResourceNotFoundException. */
  find(secretId: string): Secret;
  /** As `find`. @throws {AwsFault} InvalidRequestException too, where it is marked for deletion. */
  findReadable(secretId: string): Secret;
  /** As `findReadable`. @throws {AwsFault} InvalidRequestException too, for a replica or a managed secret. */
  findWritable(secretId: string): Secret;
  byName(name: string): Secret | undefined;
  /** Makes an empty secret. The suffix is what AWS appends to the name in the ARN: six characters. */
  add(name: string, suffix?: string): Secret;
  remove(secret: Secret): void;
  /** In the order they were made. */
  all(): Secret[];
}

export interface StoreOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly newId: () => string;
}

export function createStore({ clock, account, region, newId }: StoreOptions): SecretStore {
  const secrets = new Map<string, Secret>();
  const prefix = `arn:aws:secretsmanager:${region}:${account}:secret:`;
  const all = () => {
    for (const secret of secrets.values()) if (isGone(secret, clock.now())) secrets.delete(secret.name);
    return [...secrets.values()];
  };
  const byName = (name: string) => all().find((secret) => secret.name === name);
  const lookUp = (secretId: string) =>
    secretId.startsWith('arn:') ? byArn(all(), prefix, secretId) : byName(secretId);
  const find = (secretId: string) => {
    const secret = lookUp(secretId);
    if (!secret) throw refusals.noSuchSecret();
    return secret;
  };
  const findReadable = (secretId: string) => {
    const secret = find(secretId);
    if (secret.deletesAt !== undefined) throw refusals.markedForDeletion();
    return secret;
  };
  const findWritable = (secretId: string) => {
    const secret = findReadable(secretId);
    const { primaryRegion, owningService } = secret;
    if (primaryRegion !== undefined && primaryRegion !== region) throw refusals.replica(primaryRegion);
    if (owningService !== undefined) throw refusals.managed(owningService);
    return secret;
  };
  const add = (name: string, suffix = newId().replaceAll('-', '').slice(0, 6)) => {
    const secret = emptySecret(name, `${prefix}${name}-${suffix}`, clock.now());
    secrets.set(name, secret);
    return secret;
  };
  const remove = (secret: Secret) => void secrets.delete(secret.name);
  return { clock, region, newId, lookUp, find, findReadable, findWritable, byName, add, remove, all };
}

/**
 * A full ARN, or one without the suffix. AWS takes a hyphen and six characters at the end for the suffix, so
 * the partial ARN of a secret whose own name ends that way finds nothing (Secrets Manager, troubleshooting).
 */
function byArn(secrets: Secret[], prefix: string, arn: string): Secret | undefined {
  if (/-[A-Za-z0-9]{6}$/.test(arn)) return secrets.find((secret) => secret.arn === arn);
  return secrets.find((secret) => `${prefix}${secret.name}` === arn);
}

const isGone = (secret: Secret, now: number): boolean =>
  secret.deletesAt !== undefined && secret.deletesAt <= now;

function emptySecret(name: string, arn: string, now: number): Secret {
  return {
    arn,
    name,
    tags: new Map(),
    versions: new Map(),
    createdAt: now,
    changedAt: now,
    replicas: [],
    currentMoves: [],
  };
}
