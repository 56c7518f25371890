import type { WireObject } from '../operation.ts';

/** Members of an operation's input. The server has held it to the SDK's schema, so a wrong type is a defect. */
export function textOf(input: WireObject, member: string): string | undefined {
  const value = input[member];
  if (value === undefined || typeof value === 'string') return value;
  throw new TypeError(`${member} is not a text`);
}

export function requiredText(input: WireObject, member: string): string {
  const value = textOf(input, member);
  if (value === undefined) throw new TypeError(`${member} is missing`);
  return value;
}

export function numberOf(input: WireObject, member: string): number | undefined {
  const value = input[member];
  if (value === undefined || typeof value === 'number') return value;
  throw new TypeError(`${member} is not a number`);
}

/** Absent counts as empty. */
export function textsOf(input: WireObject, member: string): string[] {
  return listOf(input, member).map((value) => {
    if (typeof value === 'string') return value;
    throw new TypeError(`${member} holds something that is not a text`);
  });
}

/** Absent counts as empty. */
export function objectsOf(input: WireObject, member: string): WireObject[] {
  return listOf(input, member).map((value) => {
    // An object with string keys is what WireObject says, no more.
    if (typeof value === 'object' && value !== null) return value as WireObject;
    throw new TypeError(`${member} holds something that is not an object`);
  });
}

function listOf(input: WireObject, member: string): unknown[] {
  const value = input[member];
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new TypeError(`${member} is not a list`);
}
