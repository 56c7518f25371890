import { randomUUID } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isRotateError, type RotateError } from '../errors.ts';
import type { Ledger } from '../rotation/ports.ts';
import { appendAudit, readAudit } from './audit.ts';
import { beginRotation, type Writer } from './begin.ts';
import { changeRotation } from './change.ts';
import { readConsumers, replaceConsumers, writeConsumer } from './consumers.ts';
import { readEnded, readHistory } from './history.ts';
import { readInstances, replaceInstances, writeInstance } from './instances.ts';
import { readInventory, writeInventory } from './inventory.ts';
import { isUnfinished, readLatest } from './latest.ts';
import { takeBackOnce, writeOnce } from './once.ts';
import { readReport, writeReport } from './report.ts';
import { createStore, type Store, type StoreOptions } from './store.ts';
import { registryOf } from './table.ts';

export interface LedgerOptions extends StoreOptions {
  /** Told of an open record that cannot be read; it is left out of the list, and holds up no other. */
  readonly onUnreadable?: (registry: string, error: RotateError) => void;
  /** Marks of writes, each new for ever; random ones by default. */
  readonly newMark?: () => string;
}

/** The ledger on one DynamoDB table (`tableDefinition`), by conditional writes of single items. */
export function createLedger(options: LedgerOptions): Ledger {
  const store = createStore(options);
  const writer: Writer = {
    store,
    now: () => options.clock.now(),
    newMark: options.newMark ?? randomUUID,
  };
  const open: Ledger['open'] = async (registry) => {
    const rotation = (await readLatest(store, registry))?.rotation;
    return rotation?.state.phase === 'closed' ? undefined : rotation;
  };
  return {
    async read(key) {
      const latest = await readLatest(store, key.registry);
      return latest?.rotation.id === key.id ? latest.rotation : readEnded(store, key, latest);
    },
    open,
    listUnfinished: () => listUnfinished(store, options.onUnreadable),
    begin: (rotation, replaces) => beginRotation(writer, rotation, replaces),
    change: (key, transition, changing) => changeRotation(writer, key, transition, changing),
    consumers: (key) => readConsumers(store, key),
    saveConsumer: (key, record) => writeConsumer(store, key, record),
    saveConsumers: (key, records) => replaceConsumers(store, key, records),
    instances: (key) => readInstances(store, key),
    saveInstance: (key, record) => writeInstance(store, key, record),
    saveInstances: (key, records) => replaceInstances(store, key, records),
    report: (key) => readReport(store, key),
    saveReport: (key, report) => writeReport(store, key, report),
    audit: (key, entry) => appendAudit(store, key, entry),
    auditOf: (key) => readAudit(store, key),
    inventory: () => readInventory(store),
    saveInventory: (inventory) => writeInventory(writer, inventory),
    history: (registry, limit) => readHistory(store, registry, limit),
    once: (name) => writeOnce(writer, name),
    undoOnce: (name) => takeBackOnce(writer, name),
  };
}

/** The client `createLedger` takes, over a plain one. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client);
}

/** The index says where to look, the items say what is unfinished: the index lags a moment behind. */
async function listUnfinished(
  store: Store,
  onUnreadable: LedgerOptions['onUnreadable'],
): ReturnType<Ledger['listUnfinished']> {
  const registries = (await store.openPartitions()).map(registryOf);
  const readable = async (registry: string): ReturnType<Ledger['open']> => {
    try {
      const rotation = (await readLatest(store, registry))?.rotation;
      return rotation && isUnfinished(rotation) ? rotation : undefined;
    } catch (error) {
      if (!isRotateError(error, 'record-unreadable', 'record-unknown-schema')) throw error;
      onUnreadable?.(registry, error);
      return undefined;
    }
  };
  const rotations = await Promise.all(registries.map(readable));
  return rotations.filter((rotation) => rotation !== undefined);
}
