import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { RotationKey } from '../rotation/rules/rotation.ts';

/** The one index: open rotations only. Sparse, so it holds a handful of keys however long the history grows. */
export const OPEN_INDEX = 'open';
/** The attribute DynamoDB's time to live looks at, in seconds since the epoch. */
export const TTL_ATTRIBUTE = 'ttl';

/** The table as CreateTable takes it. serverless.yml says the same, plus time to live on `ttl` and backups. */
export function tableDefinition(tableName: string): CreateTableCommandInput {
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'open'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: OPEN_INDEX,
        KeySchema: [
          { AttributeName: 'open', KeyType: 'HASH' },
          { AttributeName: 'pk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  };
}

/** Where an item stands. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

const LATEST_PREFIX = 'OPEN#';

/** The latest rotation of a registry host: lock and record in one. */
export function latestKey(registry: string): ItemKey {
  return { pk: `${LATEST_PREFIX}${registry}`, sk: 'ROTATION' };
}

/** The registry host of a `latestKey`. */
export function registryOf(pk: string): string {
  return pk.slice(LATEST_PREFIX.length);
}

export function historyKey({ registry, id }: RotationKey): ItemKey {
  return { pk: `HISTORY#${registry}`, sk: id };
}

/** Everything beside the record of one rotation. */
export function rotationPartition({ registry, id }: RotationKey): string {
  return `ROTATION#${registry}#${id}`;
}

export const CONSUMER_PREFIX = 'CONSUMER#';
export const INSTANCE_PREFIX = 'INSTANCE#';
export const AUDIT_PREFIX = 'AUDIT#';

export function consumerKey(key: RotationKey, consumerId: string): ItemKey {
  return { pk: rotationPartition(key), sk: `${CONSUMER_PREFIX}${consumerId}` };
}

export function instanceKey(key: RotationKey, instanceId: string): ItemKey {
  return { pk: rotationPartition(key), sk: `${INSTANCE_PREFIX}${instanceId}` };
}

export function reportKey(key: RotationKey): ItemKey {
  return { pk: rotationPartition(key), sk: 'REPORT' };
}

/** Audit entries sort by time; `n` parts those of one millisecond. */
export function auditKey(key: RotationKey, at: number, n: number): ItemKey {
  return { pk: rotationPartition(key), sk: `${AUDIT_PREFIX}${paddedTime(at)}#${String(n).padStart(3, '0')}` };
}

export function onceKey(name: string): ItemKey {
  return { pk: `ONCE#${name}`, sk: 'ONCE' };
}

export const INVENTORY_PARTITION = 'INVENTORY';
/** Sorts before every item of a scan. */
export const INVENTORY_HEAD = 'HEAD';

/** Milliseconds since the epoch as text that sorts by time. */
export function paddedTime(at: number): string {
  return String(at).padStart(15, '0');
}
