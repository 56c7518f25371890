import type { WireObject } from '../operation.ts';

/**
 * Members of a request by name and type; undefined where absent or of another type.
 * The server has checked the types against the SDK's schema before an operation sees them.
 */
export function readText(input: WireObject, member: string): string | undefined {
  const value = input[member];
  return typeof value === 'string' ? value : undefined;
}

/** A number. */
export function readNumber(input: WireObject, member: string): number | undefined {
  const value = input[member];
  return typeof value === 'number' ? value : undefined;
}

/** A boolean. */
export function readFlag(input: WireObject, member: string): boolean | undefined {
  const value = input[member];
  return typeof value === 'boolean' ? value : undefined;
}

/** A structure. */
export function readObject(input: WireObject, member: string): WireObject | undefined {
  const value = input[member];
  return isObject(value) ? value : undefined;
}

/** A list of texts; empty where absent. */
export function readTexts(input: WireObject, member: string): string[] {
  const value = input[member];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A list of structures; empty where absent. */
export function readObjects(input: WireObject, member: string): WireObject[] {
  const value = input[member];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The named members that are present, for records that are kept and shown again as they came. */
export function pick(input: WireObject, members: readonly string[]): WireObject {
  const present = members.filter((member) => input[member] !== undefined);
  return Object.fromEntries(present.map((member) => [member, input[member]]));
}

function isObject(value: unknown): value is WireObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
