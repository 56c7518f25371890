import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  BatchWriteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { askAws, awsProblem } from '../aws-errors.ts';
import type { Clock } from '../clock.ts';
import { RotateError } from '../errors.ts';
import { type ItemKey, OPEN_INDEX, TTL_ATTRIBUTE } from './table.ts';

export type Item = ItemKey & Readonly<Record<string, unknown>>;

/** A DynamoDB condition; `names` begin with `#`, `values` with `:`. */
export interface Condition {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The table, in the few ways the records use it. Reads are consistent; expired items are as if gone. */
export interface Store {
  get(key: ItemKey): Promise<Item | undefined>;
  /** All items of a partition whose sort key begins with `prefix`, in its order. */
  query(pk: string, prefix?: string): Promise<readonly Item[]>;
  /** Partition keys of the open rotations: eventually consistent, as every index is. */
  openPartitions(): Promise<readonly string[]>;
  /** One conditional write of one item; false where the condition does not hold. */
  put(item: Item, condition?: Condition): Promise<boolean>;
  /** Many unconditional writes, in no order and not as one. */
  write(puts: readonly Item[], deletes: readonly ItemKey[]): Promise<void>;
}

export interface StoreOptions {
  readonly client: DynamoDBDocumentClient;
  readonly tableName: string;
  readonly clock: Clock;
}

const BATCH = 25;
const BATCH_TRIES = 8;

export function createStore(options: StoreOptions): Store {
  const { client, tableName, clock } = options;
  const ask = <T>(operation: string, call: () => Promise<T>) =>
    askAws({ action: `dynamodb:${operation}`, resource: tableName }, call);
  const isAlive = (item: Item): boolean => {
    const ttl = item[TTL_ATTRIBUTE];
    return typeof ttl !== 'number' || ttl * 1000 > clock.now();
  };
  const queryAll = async (input: Omit<QueryCommandInput, 'TableName'>): Promise<Item[]> => {
    const items: Item[] = [];
    let start: QueryCommandInput['ExclusiveStartKey'];
    do {
      const command = new QueryCommand({ ...input, TableName: tableName, ExclusiveStartKey: start });
      const page = await ask('Query', () => client.send(command));
      for (const item of page.Items ?? []) items.push(toItem(item));
      start = page.LastEvaluatedKey;
    } while (start);
    return items;
  };

  return {
    async get({ pk, sk }) {
      const command = new GetCommand({ TableName: tableName, Key: { pk, sk }, ConsistentRead: true });
      const { Item: found } = await ask('GetItem', () => client.send(command));
      const item = found && toItem(found);
      return item && isAlive(item) ? item : undefined;
    },
    async query(pk, prefix = '') {
      const items = await queryAll({
        ConsistentRead: true,
        KeyConditionExpression: prefix ? 'pk = :pk AND begins_with(sk, :prefix)' : 'pk = :pk',
        ExpressionAttributeValues: { ':pk': pk, ...(prefix && { ':prefix': prefix }) },
      });
      return items.filter(isAlive);
    },
    async openPartitions() {
      const items = await queryAll({
        IndexName: OPEN_INDEX,
        KeyConditionExpression: '#open = :yes',
        ExpressionAttributeNames: { '#open': 'open' },
        ExpressionAttributeValues: { ':yes': 'yes' },
      });
      return items.map(({ pk }) => pk);
    },
    put: (item, condition) => ask('PutItem', () => putItem(options, item, condition)),
    async write(puts, deletes) {
      const requests = [
        ...puts.map((item) => ({ PutRequest: { Item: plain(item) } })),
        ...deletes.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })),
      ];
      for (let at = 0; at < requests.length; at += BATCH) {
        const batch = requests.slice(at, at + BATCH);
        await ask('BatchWriteItem', () => writeBatch(options, batch));
      }
    },
  };
}

async function putItem(options: StoreOptions, item: Item, condition?: Condition): Promise<boolean> {
  const command = new PutCommand({
    TableName: options.tableName,
    Item: plain(item),
    ConditionExpression: condition?.expression,
    ExpressionAttributeNames: condition?.names,
    ExpressionAttributeValues: condition?.values,
  });
  try {
    await options.client.send(command);
    return true;
  } catch (error) {
    if (awsProblem(error) === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

type WriteRequests = NonNullable<ConstructorParameters<typeof BatchWriteCommand>[0]['RequestItems']>[string];

/** BatchWriteItem answers 200 with what it did not get to, which is asked for again with growing pauses. */
async function writeBatch(options: StoreOptions, batch: WriteRequests): Promise<void> {
  let left: WriteRequests = batch;
  for (let tries = 0; tries < BATCH_TRIES; tries += 1) {
    const command = new BatchWriteCommand({ RequestItems: { [options.tableName]: left } });
    const { UnprocessedItems } = await options.client.send(command);
    left = UnprocessedItems?.[options.tableName] ?? [];
    if (left.length === 0) return;
    await options.clock.sleep(50 * 2 ** tries);
  }
  const facts = { action: 'dynamodb:BatchWriteItem', resource: options.tableName, name: options.tableName };
  throw new RotateError('aws-throttled', { ...facts, problem: 'UnprocessedItems' });
}

/** Without undefined members, which DynamoDB has no form for. */
function plain(item: Item): Record<string, unknown> {
  return JSON.parse(JSON.stringify(item));
}

function toItem(found: Record<string, unknown>): Item {
  const { pk, sk } = found;
  if (typeof pk !== 'string' || typeof sk !== 'string') throw new TypeError('An item without its key');
  return { ...found, pk, sk };
}
