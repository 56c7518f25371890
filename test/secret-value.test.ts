import { inspect } from 'node:util';
import { SecretValue } from '../src/secret-value.ts';

const value = SecretValue.of('marker-7f3');

test.each([
  ['as text', () => `${value}`],
  ['joined to text', () => `a ${String(value)}`],
  ['as JSON', () => JSON.stringify({ deep: [value] })],
  ['inspected with hidden fields', () => inspect({ value }, { showHidden: true, depth: 9 })],
  ['in an error', () => new Error(`refused ${value}`).stack ?? ''],
  ['spread', () => JSON.stringify({ ...value })],
  ['cloned', () => inspect(structuredClone({ value }))],
  ['listed by keys', () => Reflect.ownKeys(value).join()],
])('keeps the text out when printed %s', (_how, print) => {
  expect(print()).not.toContain('marker');
});

it('prints as redacted, so that a reader sees something was there', () => {
  expect([`${value}`, JSON.stringify(value), inspect(value)]).toEqual([
    '[redacted]',
    '"[redacted]"',
    '[redacted]',
  ]);
});

it('gives the text to who asks by name', () => {
  expect(value.reveal()).toBe('marker-7f3');
});

it('compares by text, whatever the lengths', () => {
  expect(value.equals(SecretValue.of('marker-7f3'))).toBe(true);
  expect(value.equals(SecretValue.of('marker-7f'))).toBe(false);
  expect(value.equals(SecretValue.of(''))).toBe(false);
});
