import type { Inventory } from '../rotation/ports.ts';
import type { Writer } from './begin.ts';
import { parseRecord } from './parse.ts';
import { consumerSchema } from './schemas/consumer.ts';
import { knownCredentialSchema } from './schemas/credential.ts';
import type { Condition, Item, Store } from './store.ts';
import { INVENTORY_HEAD, INVENTORY_PARTITION, paddedTime } from './table.ts';

const NO_SCAN: Inventory = { at: 0, credentials: [], consumers: [] };
/** A scan's items older than this, and not the head's, are a crash's leftovers. */
const LEFT_OVER_MS = 60 * 60 * 1000;
const TRIES = 5;

/**
 * The last whole scan, by one query: the head says which scan it is and of how many items. A count that is wrong means
 * that a newer scan has just taken its place, so it is read again; after some tries what there is is given.
 */
export async function readInventory(store: Store): Promise<Inventory> {
  for (let tries = 1; ; tries += 1) {
    const items = await store.query(INVENTORY_PARTITION);
    const head = items.find(({ sk }) => sk === INVENTORY_HEAD);
    if (!head) return NO_SCAN;
    const own = items.filter(({ sk }) => sk.startsWith(prefixOf(head)));
    if (own.length === head.items || tries === TRIES) return toInventory(head, own);
  }
}

/**
 * Writes all items of the scan, then turns the head to it, unless a newer scan has been faster, and only then removes
 * the scan before. A crash in between leaves the old inventory whole.
 */
export async function writeInventory(writer: Writer, inventory: Inventory): Promise<void> {
  const scan = writer.newMark();
  const prefix = `SCAN#${paddedTime(inventory.at)}#${scan}#`;
  const items = toItems(prefix, inventory);
  await writer.store.write(items, []);
  const head = { at: inventory.at, scan, items: items.length };
  await writer.store.put(
    { pk: INVENTORY_PARTITION, sk: INVENTORY_HEAD, ...head },
    notNewerThan(inventory.at),
  );
  await removeOthers(writer);
}

function toItems(prefix: string, { credentials, consumers }: Inventory): Item[] {
  const item = (kind: string, id: string, record: unknown) => ({
    pk: INVENTORY_PARTITION,
    sk: `${prefix}${kind}#${id}`,
    kind,
    record,
  });
  return [
    ...credentials.map((one) => item('credential', `${one.kind}#${one.target}#${one.id}`, one)),
    ...consumers.map((one) => item('consumer', one.id, one)),
  ];
}

/** Items of a scan that is perhaps still being written are younger than the head, or young; they stay. */
async function removeOthers({ store, now }: Writer): Promise<void> {
  const items = await store.query(INVENTORY_PARTITION);
  const head = items.find(({ sk }) => sk === INVENTORY_HEAD);
  if (!head) return;
  const own = prefixOf(head);
  const leftOver = `SCAN#${paddedTime(Math.max(0, now() - LEFT_OVER_MS))}`;
  const isOld = ({ sk }: Item) => sk < own || sk < leftOver;
  await store.write(
    [],
    items.filter((item) => item !== head && !item.sk.startsWith(own) && isOld(item)),
  );
}

function toInventory(head: Item, items: readonly Item[]): Inventory {
  const of = (kind: string) => items.filter((item) => item.kind === kind).map(({ record }) => record);
  return {
    at: Number(head.at),
    credentials: of('credential').map((one) => parseRecord(knownCredentialSchema, 'login', one)),
    consumers: of('consumer').map((one) => parseRecord(consumerSchema, 'consumer', one)),
  };
}

function prefixOf(head: Item): string {
  return `SCAN#${paddedTime(Number(head.at))}#${head.scan}#`;
}

function notNewerThan(at: number): Condition {
  return {
    expression: 'attribute_not_exists(pk) OR #at <= :at',
    names: { '#at': 'at' },
    values: { ':at': at },
  };
}
