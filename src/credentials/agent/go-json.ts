/**
 * JSON objects as Go's encoding/json decodes them, where that differs from JSON.parse: names of fields match in any
 * case, of several the last counts, null leaves a text as it was, and half a character becomes U+FFFD.
 */
import { type JsonMember, membersOf } from '../secret/json-object.ts';

export interface GoMember {
  readonly key: string;
  /** The value's own text. */
  readonly text: string;
  readonly value: unknown;
}

/** The members in the order of the text, `null` for the text null, undefined where it is no JSON object. */
export function objectIn(text: string): readonly GoMember[] | null | undefined {
  const members = membersOf(text);
  if (members) return members.map((member) => toGo(text, member));
  return trimJson(text) === 'null' ? null : undefined;
}

/** A field of Go's type `string`. `wrong-type` where any of its members is neither text nor null: that is an error. */
export function textField(
  members: readonly GoMember[],
  name: string,
): { readonly is: 'text'; readonly text: string } | { readonly is: 'wrong-type' } {
  let text = '';
  for (const { value } of fieldsNamed(members, name)) {
    if (typeof value === 'string') text = value.toWellFormed();
    else if (value !== null) return { is: 'wrong-type' };
  }
  return { is: 'text', text };
}

/** A field that keeps its JSON as it stands; null, unlike for a text, empties it. */
export function rawField(members: readonly GoMember[], name: string): string | undefined {
  const last = fieldsNamed(members, name).at(-1);
  return last && last.value !== null ? last.text : undefined;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // Not rethrown: a SyntaxError quotes the text.
    return false;
  }
}

/** Where the text stops being JSON, from 1: the number only, for the engine's message may quote the text. */
export function columnOfFault(text: string): number | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const position = /in JSON at position (\d+) \(line/.exec(
      error instanceof Error ? error.message : '',
    )?.[1];
    return position === undefined ? undefined : Number(position) + 1;
  }
}

function toGo(text: string, { key, value, start, end }: JsonMember): GoMember {
  return { key: key.toWellFormed(), text: text.slice(start, end), value };
}

function fieldsNamed(members: readonly GoMember[], name: string): readonly GoMember[] {
  return members.filter(({ key }) => fold(key) === fold(name));
}

/** Go folds the long s too; the Kelvin sign is lower-cased by both. */
function fold(name: string): string {
  return name.replaceAll('\u017f', 's').toLowerCase();
}

function trimJson(text: string): string {
  return text.replace(/^[ \t\r\n]+/, '').replace(/[ \t\r\n]+$/, '');
}
