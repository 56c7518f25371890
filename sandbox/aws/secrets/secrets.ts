import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../src/clock.ts';
import type { Permissions } from '../iam/permissions.ts';
import type { AwsService, Operation, SecretReader, WireObject } from '../operation.ts';
import { createByHand, type SecretsByHand } from './by-hand.ts';
import { describeSecret, getResourcePolicy, listSecrets, listSecretVersionIds } from './describe.ts';
import { createSecret, deleteSecret, restoreSecret, tagResource, untagResource } from './lifecycle.ts';
import { updateSecretVersionStage } from './move-label.ts';
import { putSecretValue } from './put.ts';
import { batchGetSecretValue, getSecretValue, type ReadKnobs, readCurrentText } from './read.ts';
import { refusals } from './refusals.ts';
import { createStore, type SecretStore } from './store.ts';

export interface SecretsOptions {
  readonly clock: Clock;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Ids of versions; random UUIDs by default. */
  readonly newId?: () => string;
  /** IAM's say when a task reads; without it every role may. */
  readonly permissions?: Permissions;
}

/** Reads as `SecretReader`; where the caller names its role, that role's permissions count. */
export interface RoleAwareReader extends SecretReader {
  readCurrent(secretId: string, role?: string): string;
}

/** Secrets Manager of one account and region. */
export interface Secrets extends SecretsByHand {
  readonly service: AwsService;
  readonly reader: RoleAwareReader;
}

/** Secrets Manager, as far as a rotation and the set-up of a sandbox need it. */
export function createSecrets(options: SecretsOptions): Secrets {
  const { clock, account, region, newId = randomUUID, permissions } = options;
  const store = createStore({ clock, account, region, newId });
  const knobs: ReadKnobs = { lagMs: 0, maxPage: 100 };
  return {
    ...createByHand(store, knobs),
    service: { target: 'secretsmanager', operations: operationsOf(store, knobs) },
    reader: createReader(store, knobs, permissions),
  };
}

function operationsOf(store: SecretStore, knobs: ReadKnobs): Record<string, Operation> {
  const onStore = (operation: (store: SecretStore, input: WireObject) => WireObject) => (input: WireObject) =>
    operation(store, input);
  const reading =
    (operation: (store: SecretStore, knobs: ReadKnobs, input: WireObject) => WireObject) =>
    (input: WireObject) =>
      operation(store, knobs, input);
  return {
    BatchGetSecretValue: reading(batchGetSecretValue),
    CreateSecret: onStore(createSecret),
    DeleteSecret: onStore(deleteSecret),
    DescribeSecret: onStore(describeSecret),
    GetResourcePolicy: onStore(getResourcePolicy),
    GetSecretValue: reading(getSecretValue),
    ListSecrets: reading(listSecrets),
    ListSecretVersionIds: reading(listSecretVersionIds),
    PutSecretValue: onStore(putSecretValue),
    RestoreSecret: onStore(restoreSecret),
    TagResource: onStore(tagResource),
    UntagResource: onStore(untagResource),
    UpdateSecretVersionStage: onStore(updateSecretVersionStage),
  };
}

function createReader(
  store: SecretStore,
  knobs: ReadKnobs,
  permissions: Permissions | undefined,
): RoleAwareReader {
  return {
    readCurrent(secretId, role) {
      const { arn, kmsKeyId } = store.find(secretId);
      const action = 'secretsmanager:GetSecretValue';
      const isAllowed = (what: string, on: string) => permissions?.decide(role, what, on) ?? 'allowed';
      if (isAllowed(action, arn) !== 'allowed')
        throw refusals.notAuthorized(role ?? 'anonymous', action, arn);
      if (kmsKeyId && isAllowed('kms:Decrypt', kmsKeyId) !== 'allowed') throw refusals.kmsDenied();
      return readCurrentText(store, knobs, secretId);
    },
  };
}
