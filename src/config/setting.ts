import type * as z from 'zod';
import { RotateError } from '../errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** One environment variable: how its text is read, what is accepted, and what stands where it is not set. */
export interface Setting<T> {
  readonly name: string;
  readonly written: 'text' | 'number' | 'switch' | 'json';
  readonly schema: z.ZodType<T>;
  /** Absent where the setting must be given. */
  readonly unset?: { readonly value: T };
}

/** The value of a setting. A variable that is empty counts as not set. Throws `config-invalid`, never with the value. */
export function readSetting<T>(env: Environment, setting: Setting<T>): T {
  const text = env[setting.name]?.trim();
  if (text) return accept(setting, interpret(setting, text));
  if (setting.unset) return setting.unset.value;
  throw invalidSetting(setting.name, 'it is missing');
}

/** The error for a setting, named as the operator knows it. `problem` must not hold a secret's value. */
export function invalidSetting(field: string, problem: string): RotateError {
  return new RotateError('config-invalid', { field, problem });
}

function interpret(setting: Setting<unknown>, text: string): unknown {
  switch (setting.written) {
    case 'text':
      return text;
    case 'number':
      if (/^\d{1,9}(?:\.\d{1,3})?$/.test(text)) return Number(text);
      throw invalidSetting(setting.name, 'it must be a number');
    case 'switch':
      if (text === 'true' || text === 'false') return text === 'true';
      throw invalidSetting(setting.name, 'it must be true or false');
    case 'json':
      return parseJson(setting, text);
    default:
      return setting.written satisfies never;
  }
}

function parseJson(setting: Setting<unknown>, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, so it is left out.
    throw invalidSetting(setting.name, 'it is not valid JSON');
  }
}

function accept<T>(setting: Setting<T>, value: unknown): T {
  const result = setting.schema.safeParse(value, { error: sayPlainly });
  if (result.success) return result.data;
  throw invalidSetting(setting.name, problemOf(result.error));
}

function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  if (!issue) return 'it is not accepted';
  // A key that is refused may be an address with a password in it, so it is not quoted.
  return issue.code === 'invalid_key'
    ? `${placeOf(issue.path.slice(0, -1))} has a key that ${issue.issues[0]?.message ?? 'is not accepted'}`
    : `${placeOf(issue.path)} ${issue.message}`;
}

/** Messages of zod for what a schema has no words of its own. Undefined leaves them as they are. */
function sayPlainly(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
  }
  return issue.code === 'unrecognized_keys' ? `has the unknown key ${issue.keys.join(', ')}` : undefined;
}

/** `[0].region`, or "it" for the whole. */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return place.replace(/^\./, '') || 'it';
}
