import type { Ledger } from '../../src/rotation/ports.ts';
import { close } from '../../src/rotation/rules/transitions.ts';
import { ended, ledgerOn, openTable, rotationOf, standingClock, type TestTable } from './table-for-test.ts';

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

describe('taking over', () => {
  test('ends the old rotation and begins the new one in one write', async () => {
    const old = rotationOf({ registry, id: 'OLD', rev: 3 });
    await ledger.begin(old);
    const replaces = { ended: ended(old, time.now), rev: 3 };
    expect(await ledger.begin(rotationOf({ registry, id: 'NEW' }), replaces)).toEqual({ begun: true });
    expect(await ledger.read(key('OLD'))).toEqual(replaces.ended);
    expect((await ledger.open(registry))?.id).toBe('NEW');
    expect((await ledger.history(registry, 9)).map(({ id }) => id)).toEqual(['OLD']);
  });

  test('is refused where the old one was changed meanwhile', async () => {
    const old = rotationOf({ registry, id: 'OLD' });
    await ledger.begin(old);
    await ledger.change(key('OLD'), (rotation) => ({ rotation }));
    const answer = await ledger.begin(rotationOf({ registry, id: 'NEW' }), {
      ended: ended(old, time.now),
      rev: old.rev,
    });
    expect(answer).toMatchObject({ begun: false, heldBy: { id: 'OLD', rev: 1 } });
    expect(await ledger.history(registry, 9)).toEqual([]);
  });

  test('has one winner among ten, and history tells of that one', async () => {
    const old = rotationOf({ registry, id: 'OLD' });
    await ledger.begin(old);
    await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        ledger.begin(rotationOf({ registry, id: `N${n}` }), {
          ended: ended(old, time.now, `U${n}`),
          rev: old.rev,
        }),
      ),
    );
    const winner = await ledger.open(registry);
    const before = await ledger.read(key('OLD'));
    expect(before?.state).toMatchObject({ phase: 'closed', by: `U${winner?.id.slice(1)}` });
  });

  test('keeps the replaced one when the new one ends and a third begins', async () => {
    const old = rotationOf({ registry, id: 'A' });
    await ledger.begin(old);
    await ledger.begin(rotationOf({ registry, id: 'B' }), { ended: ended(old, time.now), rev: 0 });
    await ledger.change(key('B'), closing(time.now + 1));
    await ledger.begin(rotationOf({ registry, id: 'C' }));
    expect((await ledger.history(registry, 9)).map(({ id }) => id)).toEqual(['B', 'A']);
    expect((await ledger.read(key('A')))?.state.phase).toBe('closed');
    expect((await ledger.read(key('B')))?.state.phase).toBe('closed');
  });
});
