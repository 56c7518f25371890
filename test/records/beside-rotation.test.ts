import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Inventory, Ledger } from '../../src/rotation/ports.ts';
import type { KnownCredential } from '../../src/rotation/rules/credential.ts';
import type { InstanceProgress, InstanceRecord } from '../../src/rotation/rules/instance.ts';
import { ledgerOn, openTable, recordOf, standingClock, type TestTable } from './table-for-test.ts';

let table: TestTable;
let ledger: Ledger;
let time: ReturnType<typeof standingClock>;

beforeEach(async () => {
  table = await openTable();
  time = standingClock();
  ledger = ledgerOn(table.client, time.clock);
});
afterEach(() => table.close());

const key = { registry: 'ghcr.io', id: '7K2M9' };
const names = (records: readonly { consumer: { name: string } }[]) =>
  records.map(({ consumer }) => consumer.name).sort();

describe('consumers', () => {
  test('are replaced as a whole plan, more than one batch of them', async () => {
    await ledger.saveConsumers(
      key,
      Array.from({ length: 60 }, (_, n) => recordOf(`a${n}`)),
    );
    expect(await ledger.consumers(key)).toHaveLength(60);
    await ledger.saveConsumers(key, [recordOf('a3'), recordOf('b')]);
    expect(names(await ledger.consumers(key))).toEqual(['a3', 'b']);
    expect(await ledger.consumers({ ...key, id: 'OTHER' })).toEqual([]);
  });

  test('change one by one', async () => {
    await ledger.saveConsumers(key, [recordOf('a'), recordOf('b')]);
    const pulled = recordOf('a', { verdict: { is: 'pulled', provedBy: 1, tasks: 2 } });
    await ledger.saveConsumer(key, pulled);
    expect(await ledger.consumers(key)).toEqual([pulled, recordOf('b')]);
  });

  test('are read whole where they fill more than one page of the table', async () => {
    const note = 'x'.repeat(200_000);
    const big = Array.from({ length: 8 }, (_, n) => ({
      ...recordOf(`a${n}`),
      verdict: { is: 'crashed', taskId: 't', reason: note } as const,
    }));
    for (const record of big) await ledger.saveConsumer(key, record);
    expect(await ledger.consumers(key)).toHaveLength(8);
  });
});

describe('hosts', () => {
  const hostOf = (name: string, progress: InstanceProgress = { is: 'not-started' }): InstanceRecord => ({
    credentialId: 'arn:cluster/prod|ghcr.io',
    instance: { id: `arn/${name}`, name, tasks: 3, family: 'al2' },
    planned: { action: 'change', wave: 2 },
    progress,
  });

  test('are replaced as a whole plan, and stand beside the consumers', async () => {
    await ledger.saveConsumers(key, [recordOf('a')]);
    await ledger.saveInstances(
      key,
      Array.from({ length: 60 }, (_, n) => hostOf(`i-${n}`)),
    );
    expect(await ledger.instances(key)).toHaveLength(60);
    await ledger.saveInstances(key, [hostOf('i-3'), hostOf('i-new')]);
    expect((await ledger.instances(key)).map(({ instance }) => instance.name)).toEqual(['i-3', 'i-new']);
    expect(names(await ledger.consumers(key))).toEqual(['a']);
    expect(await ledger.instances({ ...key, id: 'OTHER' })).toEqual([]);
  });

  test('change one by one, and keep the command that is under way', async () => {
    const underWay = { is: 'under-way', token: '7K2M9-1', versionId: 'v2', since: 5 } as const;
    await ledger.saveInstances(key, [hostOf('i-1'), hostOf('i-2')]);
    await ledger.saveInstance(key, hostOf('i-1', underWay));
    expect(await ledger.instances(key)).toEqual([hostOf('i-1', underWay), hostOf('i-2')]);
  });
});

test('the report is the last one saved', async () => {
  expect(await ledger.report(key)).toBeUndefined();
  const report = {
    at: 1,
    findings: [{ check: 'images-readable', facts: { images: 3 } }],
    images: 3,
  } as const;
  await ledger.saveReport(key, { ...report, at: 0, oldLoginWorks: undefined });
  await ledger.saveReport(key, report);
  expect(await ledger.report(key)).toEqual(report);
});

describe('audit', () => {
  test('keeps every entry in the order of time, those of one millisecond too', async () => {
    await Promise.all([5, 5, 5, 12].map((at, n) => ledger.audit(key, { at, what: `w${n}` })));
    await ledger.audit(key, { at: 2, what: 'first', by: 'U1', details: { images: 3 } });
    const entries = await ledger.auditOf(key);
    expect(entries.map(({ at }) => at)).toEqual([2, 5, 5, 5, 12]);
    expect(entries[0]).toEqual({ at: 2, what: 'first', by: 'U1', details: { images: 3 } });
    expect(new Set(entries.map(({ what }) => what)).size).toBe(5);
  });

  test('holds the repeat of a step once', async () => {
    await ledger.audit(key, { at: 5, what: 'approved', by: 'U1' });
    await ledger.audit(key, { at: 5, what: 'approved', by: 'U1' });
    await ledger.audit(key, { at: 5, what: 'approved', by: 'U2' });
    expect((await ledger.auditOf(key)).map(({ by }) => by)).toEqual(['U1', 'U2']);
  });
});

describe('inventory', () => {
  const credential = (name: string, seenAt: number): KnownCredential => ({
    kind: 'secret',
    target: 'prod',
    id: `arn:${name}`,
    name,
    registries: ['ghcr.io'],
    services: 1,
    otherConsumers: 0,
    seenAt,
  });
  const scan = (at: number, count: number): Inventory => ({
    at,
    credentials: [credential(`c${at}`, at)],
    consumers: Array.from({ length: count }, (_, n) => recordOf(`s${at}-${n}`).consumer),
  });

  test('is empty before the first scan', async () => {
    expect(await ledger.inventory()).toEqual({ at: 0, credentials: [], consumers: [] });
  });

  test('is the last whole scan, and the one before is gone', async () => {
    await ledger.saveInventory(scan(1, 60));
    await ledger.saveInventory(scan(2, 3));
    const inventory = await ledger.inventory();
    expect(inventory).toEqual({
      ...scan(2, 3),
      consumers: expect.arrayContaining([...scan(2, 3).consumers]),
    });
    expect(inventory.consumers).toHaveLength(3);
  });

  test('is never mixed of two scans, whoever reads while it is written', async () => {
    await ledger.saveInventory(scan(1, 40));
    const writing = (async () => {
      for (let at = 2; at < 8; at += 1) await ledger.saveInventory(scan(at, 40));
    })();
    for (let n = 0; n < 30; n += 1) {
      const { at, consumers, credentials } = await ledger.inventory();
      expect(consumers).toHaveLength(40);
      expect(credentials).toEqual([credential(`c${at}`, at)]);
      expect(consumers.every(({ name }) => name.startsWith(`s${at}-`))).toBe(true);
    }
    await writing;
  });

  test('is read again where a newer scan has just taken its place between two pages', async () => {
    await ledger.saveInventory(scan(1, 10));
    let reads = 0;
    const cutting = Object.assign(Object.create(table.client), {
      async send(command: Parameters<typeof table.client.send>[0]) {
        const answer = await table.client.send(command);
        if (!(command instanceof QueryCommand) || !('Items' in answer)) return answer;
        reads += 1;
        return reads === 1 ? { ...answer, Items: answer.Items?.slice(0, 5) } : answer;
      },
    });
    expect((await ledgerOn(cutting, time.clock).inventory()).consumers).toHaveLength(10);
    expect(reads).toBe(2);
  });

  test('is not taken back by a slower, older scan', async () => {
    await ledger.saveInventory(scan(5, 2));
    await ledger.saveInventory(scan(4, 9));
    expect((await ledger.inventory()).at).toBe(5);
    expect((await ledger.inventory()).consumers).toHaveLength(2);
  });
});

describe('once', () => {
  test('is true for one of twenty, and for another name again', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ledger.once('view:V1')));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await ledger.once('view:V2')).toBe(true);
  });

  test('may be taken back, and is then true for one again', async () => {
    await ledger.once('view:V1');
    await ledger.undoOnce('view:V1');
    expect(await ledger.once('view:V1')).toBe(true);
    expect(await ledger.once('view:V1')).toBe(false);
  });

  test('is forgotten after a week, though the table has not removed the marker', async () => {
    await ledger.once('view:V1');
    time.now += 6 * 24 * 3_600_000;
    expect(await ledger.once('view:V1')).toBe(false);
    time.now += 2 * 24 * 3_600_000;
    expect(await ledger.once('view:V1')).toBe(true);
  });
});
