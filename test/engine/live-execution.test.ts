import type { OperationUpdate } from '@aws/durable-execution-sdk-js';
import { LiveExecution } from '../../src/engine/live-execution.ts';
import { insertExecution } from '../../src/engine/new-execution.ts';
import { Store } from '../../src/engine/store.ts';

const at = Date.parse('2030-01-01T00:00:00Z');
const place = { region: 'us-east-1', account: '000000000000', version: '1' };
const wanted = { ...place, functionName: 'f', name: 'n', payload: '1', timeoutSeconds: 60, at };
const step = (Id: string): OperationUpdate => ({
  Id,
  Name: Id,
  Type: 'STEP',
  Action: 'SUCCEED',
  Payload: '1',
});

let store: Store;
let live: LiveExecution;

beforeEach(() => {
  store = new Store(':memory:');
  live = new LiveExecution(insertExecution(store, wanted).row, store);
});

afterEach(() => store.close());

test('a checkpoint with a token that was used, or of an invocation given up, is refused and changes nothing', () => {
  const first = live.token;
  live.checkpoint(first, [step('a')], at);
  const refusal = expect.objectContaining({ scope: 'INVOCATION', message: 'Invalid Checkpoint Token' });
  expect(() => live.checkpoint(first, [step('b')], at)).toThrow(refusal);
  const second = live.token;
  live.renewToken();
  expect(() => live.checkpoint(second, [step('b')], at)).toThrow(refusal);
  expect(store.operations(live.row.arn).map((one) => one.Name)).toEqual([undefined, 'a']);
});

test('of a checkpoint with one impossible update nothing is kept, here or in the store', () => {
  const updates = [step('a'), step('b'), step('a')];
  expect(() => live.checkpoint(live.token, updates, at)).toThrow(
    expect.objectContaining({ scope: 'EXECUTION' }),
  );
  expect(live.visible()).toHaveLength(1);
  expect(live.usage).toEqual({ operations: 1, bytes: 1 });
  expect(store.operations(live.row.arn)).toHaveLength(1);
});

test('changes are told once, whoever made them', () => {
  live.checkpoint(
    live.token,
    [step('a'), { Id: 'w', Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds: 9 } }],
    at,
  );
  expect(live.takeChanges().map((one) => [one.Id, one.Status])).toEqual([
    ['a', 'SUCCEEDED'],
    ['w', 'STARTED'],
  ]);
  expect(live.hasChanges()).toBe(false);
  expect(live.nextDue).toBe(at + 9_000);
  expect(live.settleDue(at + 8_999)).toBe(false);
  expect(live.settleDue(at + 9_000)).toBe(true);
  expect(live.takeChanges().map((one) => [one.Id, one.Status])).toEqual([['w', 'SUCCEEDED']]);
  expect(live.nextDue).toBe(live.deadline);
});

test('read again from the store it stands where it stood', () => {
  live.checkpoint(
    live.token,
    [step('a'), { Id: 'w', Type: 'WAIT', Action: 'START', WaitOptions: { WaitSeconds: 9 } }],
    at,
  );
  const again = new LiveExecution(store.execution(live.row.arn) ?? live.row, store);
  expect(again.visible()).toEqual(live.visible());
  expect(again.usage).toEqual(live.usage);
  expect(again.nextDue).toBe(live.nextDue);
});
