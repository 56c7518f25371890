import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { isRotateError } from '../../src/errors.ts';
import { createLedger } from '../../src/records/ledger.ts';
import type { Ledger } from '../../src/rotation/ports.ts';
import { approve, close } from '../../src/rotation/rules/transitions.ts';
import {
  ledgerOn,
  openTable,
  rotationOf,
  standingClock,
  type TestTable,
  tableName,
} from './table-for-test.ts';

let table: TestTable;
let ledger: Ledger;
let time: ReturnType<typeof standingClock>;
let hosts = 0;
let registry: string;

beforeAll(async () => {
  table = await openTable();
});
afterAll(() => table.close());
beforeEach(() => {
  time = standingClock();
  ledger = ledgerOn(table.client, time.clock);
  hosts += 1;
  registry = `host-${hosts}.example.com:5000`;
});

const key = (id: string) => ({ registry, id });
const closing = (at: number) => (rotation: ReturnType<typeof rotationOf>) => ({
  rotation: close(rotation, { outcome: 'done', because: 'proved', at }),
});

describe('begin', () => {
  test('gives the lock to one of twenty who ask at once', async () => {
    const begun = await Promise.all(
      Array.from({ length: 20 }, (_, n) => ledger.begin(rotationOf({ registry, id: `R${n}` }))),
    );
    const winners = begun.filter((answer) => answer.begun);
    expect(winners).toHaveLength(1);
    const holder = await ledger.open(registry);
    for (const answer of begun) if (!answer.begun) expect(answer.heldBy?.id).toBe(holder?.id);
  });

  test('reads back exactly what was written', async () => {
    const rotation = rotationOf({ registry, message: { channel: 'C1', ts: '1.2' }, settledAt: 5 });
    await ledger.begin(rotation);
    expect(await ledger.read(rotation)).toEqual(rotation);
    expect(await ledger.open(registry)).toEqual(rotation);
  });

  test('keeps one registry apart from another', async () => {
    await ledger.begin(rotationOf({ registry }));
    expect(await ledger.begin(rotationOf({ registry: `${registry}0` }))).toEqual({ begun: true });
  });

  test('is refused by a staging record within its lease, and not by one past it', async () => {
    const staging = { phase: 'staging', leaseUntil: time.now + 60_000 } as const;
    await ledger.begin(rotationOf({ registry, id: 'OLD', state: staging }));
    expect(await ledger.begin(rotationOf({ registry, id: 'NEW' }))).toMatchObject({ begun: false });
    time.now += 60_000;
    expect(await ledger.begin(rotationOf({ registry, id: 'NEW' }))).toEqual({ begun: true });
    const late = await ledger.change(key('OLD'), (rotation) => ({ rotation }));
    expect(late).toMatchObject({ refused: 'not-open' });
  });

  test('counts as begun where the answer to its own write was lost', async () => {
    const sendOnce = table.client.send.bind(table.client);
    let lost = false;
    const losing = Object.assign(Object.create(table.client), {
      // The SDK's overloads of send are of no interest here.
      async send(command: Parameters<typeof sendOnce>[0]) {
        const answer = await sendOnce(command);
        if (!(command instanceof PutCommand) || lost) return answer;
        lost = true;
        return sendOnce(command);
      },
    });
    const flaky = ledgerOn(losing, time.clock);
    expect(await flaky.begin(rotationOf({ registry }))).toEqual({ begun: true });
    expect(lost).toBe(true);
  });
});

describe('change', () => {
  test('lets ten racing clicks each be counted, one after another', async () => {
    const state = { phase: 'waiting', fingerprint: 'f', expiresAt: time.now + 9, needed: 99, round: 1 };
    await ledger.begin(rotationOf({ registry, state: { ...state, phase: 'waiting', remindAt: 0 } }));
    const clicks = Array.from({ length: 10 }, (_, n) =>
      ledger.change(key('7K2M9'), (rotation) =>
        approve(rotation, { by: `U${n}`, at: time.now, fingerprint: 'f' }),
      ),
    );
    for (const answer of await Promise.all(clicks)) expect(answer).not.toHaveProperty('refused');
    const rotation = await ledger.read(key('7K2M9'));
    expect(rotation?.approvals.map(({ by }) => by).sort()).toEqual(
      Array.from({ length: 10 }, (_, n) => `U${n}`),
    );
    expect(rotation?.rev).toBe(10);
  });

  test('hands a refusal back and writes nothing', async () => {
    await ledger.begin(rotationOf({ registry }));
    const answer = await ledger.change(key('7K2M9'), () => ({ refused: 'no' as const }));
    expect(answer).toMatchObject({ refused: 'no', rotation: { rev: 0 } });
    expect((await ledger.read(key('7K2M9')))?.rev).toBe(0);
  });

  test('closes and frees the lock in one write', async () => {
    await ledger.begin(rotationOf({ registry }));
    await ledger.change(key('7K2M9'), closing(7));
    expect(await ledger.open(registry)).toBeUndefined();
    expect((await ledger.history(registry, 9)).map(({ id }) => id)).toEqual(['7K2M9']);
    expect(await ledger.begin(rotationOf({ registry, id: 'NEXT' }))).toEqual({ begun: true });
  });

  test('refuses a closed rotation and one that never was', async () => {
    await ledger.begin(rotationOf({ registry }));
    await ledger.change(key('7K2M9'), closing(7));
    const again = await ledger.change(key('7K2M9'), (rotation) => ({ rotation }));
    expect(again).toMatchObject({ refused: 'not-open', rotation: { state: { phase: 'closed' } } });
    expect(await ledger.change(key('NONE'), (rotation) => ({ rotation }))).toEqual({ refused: 'not-open' });
  });

  test('loses nothing where the process dies before the next rotation has begun', async () => {
    await ledger.begin(rotationOf({ registry, id: 'A' }));
    await ledger.change(key('A'), closing(1));
    const dying = Object.assign(Object.create(table.client), {
      send(command: Parameters<typeof table.client.send>[0]) {
        const item = command instanceof PutCommand ? command.input.Item : undefined;
        if (String(item?.pk).startsWith('OPEN#')) throw new Error('killed');
        return table.client.send(command);
      },
    });
    await expect(ledgerOn(dying, time.clock).begin(rotationOf({ registry, id: 'B' }))).rejects.toThrow();
    expect((await ledger.history(registry, 9)).map(({ id }) => id)).toEqual(['A']);
    expect(await ledger.begin(rotationOf({ registry, id: 'B' }))).toEqual({ begun: true });
    expect((await ledger.read(key('A')))?.state.phase).toBe('closed');
  });

  test('applies a change once where the answer to its write was lost and someone wrote after it', async () => {
    await ledger.begin(rotationOf({ registry, generation: 1 }));
    const failOnce = { left: 1 };
    const losing = Object.assign(Object.create(table.client), {
      async send(command: Parameters<typeof table.client.send>[0]) {
        const answer = await table.client.send(command);
        if (!(command instanceof PutCommand) || failOnce.left === 0) return answer;
        failOnce.left -= 1;
        await ledger.change(key('7K2M9'), (rotation) => ({ rotation: { ...rotation, startedAt: 3 } }));
        return table.client.send(command);
      },
    });
    await ledgerOn(losing, time.clock).change(key('7K2M9'), (rotation) => ({
      rotation: { ...rotation, generation: rotation.generation + 1 },
    }));
    expect(await ledger.read(key('7K2M9'))).toMatchObject({ generation: 2, startedAt: 3, rev: 2 });
  });
});

test('lists what is open or not tidied up, and no longer what is', async () => {
  await ledger.begin(rotationOf({ registry, id: 'A' }));
  await ledger.begin(rotationOf({ registry: `b-${registry}`, id: 'B' }));
  const open = async () => (await ledger.listUnfinished()).filter((one) => one.registry.endsWith(registry));
  expect((await open()).map(({ id }) => id).sort()).toEqual(['A', 'B']);
  await ledger.change(key('A'), closing(1));
  expect((await open()).map(({ id }) => id).sort()).toEqual(['A', 'B']);
  const tidied = { tidied: true } as const;
  await ledger.change(key('A'), (rotation) => ({ rotation: { ...rotation, ...tidied } }), { ended: true });
  expect((await open()).map(({ id }) => id)).toEqual(['B']);
});

test('gives history newest first and no more than asked for', async () => {
  for (const [n, id] of ['A', 'C', 'B'].entries()) {
    await ledger.begin(rotationOf({ registry, id }));
    await ledger.change(key(id), closing(n));
  }
  expect((await ledger.history(registry, 2)).map(({ id }) => id)).toEqual(['B', 'C']);
});

test.each([
  ['another form of record', { ...rotationOf(), schema: 2 }, 'record-unknown-schema'],
  ['a record that makes no sense', { ...rotationOf(), state: { phase: 'asleep' } }, 'record-unreadable'],
])('refuses %s, which keeps no other from being listed', async (_, record, code) => {
  const item = { pk: `OPEN#${registry}`, sk: 'ROTATION', id: '7K2M9', rev: 0, open: 'yes', record };
  await table.client.send(new PutCommand({ TableName: tableName, Item: item }));
  const error: unknown = await ledger.read(key('7K2M9')).catch((caught: unknown) => caught);
  expect(isRotateError(error) && error.code).toBe(code);
  await ledgerOn(table.client, time.clock)
    .open(registry)
    .catch(() => {});
  await ledger.begin(rotationOf({ registry: `b-${registry}`, id: 'B' }));
  const told: string[] = [];
  const onUnreadable = (which: string) => told.push(which);
  const lister = createLedger({ client: table.client, tableName, clock: time.clock, onUnreadable });
  const listed = await lister.listUnfinished();
  expect(listed.filter((one) => one.registry.endsWith(registry)).map(({ id }) => id)).toEqual(['B']);
  expect(told).toEqual([registry]);
  const { pk, sk } = item;
  await table.client.send(new PutCommand({ TableName: tableName, Item: { pk, sk, record: rotationOf() } }));
});

test('changes an ended record only where that is asked for, and no more once another has followed it', async () => {
  const review = (rotation: ReturnType<typeof rotationOf>) => ({
    rotation: { ...rotation, unreviewed: false },
  });
  await ledger.begin({ ...rotationOf({ registry, id: 'A' }), unreviewed: true });
  await ledger.change(key('A'), closing(1));
  expect(await ledger.change(key('A'), review)).toMatchObject({ refused: 'not-open' });
  await ledger.change(key('A'), review, { ended: true });
  expect(await ledger.read(key('A'))).toMatchObject({ unreviewed: false, state: { phase: 'closed' } });
  expect(await ledger.open(registry)).toBeUndefined();
  await ledger.begin(rotationOf({ registry, id: 'B' }));
  expect(await ledger.change(key('A'), review, { ended: true })).toMatchObject({ refused: 'not-open' });
  expect(await ledger.read(key('A'))).toMatchObject({ unreviewed: false });
});

test('keeps members that a newer version has added to the record', async () => {
  await ledger.begin({ ...rotationOf({ registry }), addedLater: 'kept' } as ReturnType<typeof rotationOf>);
  await ledger.change(key('7K2M9'), (rotation) => ({ rotation: { ...rotation, startedAt: 1 } }));
  expect(await ledger.read(key('7K2M9'))).toMatchObject({ addedLater: 'kept', startedAt: 1 });
});

test('says which right is missing where the table refuses', async () => {
  const denied = Object.assign(new Error('no'), { name: 'AccessDeniedException' });
  const refusing = Object.assign(Object.create(table.client), { send: () => Promise.reject(denied) });
  const error: unknown = await ledgerOn(refusing, time.clock)
    .open(registry)
    .catch((e: unknown) => e);
  expect(isRotateError(error, 'aws-denied') && error.facts).toMatchObject({ action: 'dynamodb:GetItem' });
});
