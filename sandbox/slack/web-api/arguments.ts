import { isObject } from '../validator/check.ts';
import type { Arguments } from './refusal.ts';

// Arguments that hold JSON in a form, as the SDK's client sends them.
const JSON_ARGUMENTS = ['blocks', 'view', 'message', 'metadata', 'attachments'];

/** Reads a request's arguments from a JSON or form body; undefined where the body is neither. */
export function readArguments(contentType: string, body: string): Arguments | undefined {
  if (!contentType.includes('json')) return fromForm(body);
  try {
    const parsed: unknown = JSON.parse(body || '{}');
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function fromForm(body: string): Arguments | undefined {
  const fields = [...new URLSearchParams(body)];
  try {
    return Object.fromEntries(fields.map(([name, value]) => [name, fromField(name, value)]));
  } catch {
    return undefined;
  }
}

function fromField(name: string, value: string): unknown {
  return JSON_ARGUMENTS.includes(name) ? JSON.parse(value) : value;
}

/** Whether a flag is set; in a form it comes as text. */
export function isSet(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}
