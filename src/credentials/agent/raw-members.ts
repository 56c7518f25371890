import { membersOf } from '../secret/json-object.ts';

/** A member of a JSON object with its text as it stands, blanks included: joined by commas they are the object. */
export interface RawMember {
  readonly key: string;
  readonly raw: string;
  /** The value's own text. */
  readonly text: string;
  readonly value: unknown;
}

/** The members in the order of the text; undefined where it is no JSON object. */
export function rawMembersOf(text: string): readonly RawMember[] | undefined {
  const members = membersOf(text);
  let from = text.indexOf('{') + 1;
  return members?.map(({ key, value, start, end }, index) => {
    // Between a value and its comma or the closing brace stand blanks only.
    const to = text.indexOf(index + 1 < members.length ? ',' : '}', end);
    const raw = text.slice(from, to);
    from = to + 1;
    return { key: key.toWellFormed(), raw, text: text.slice(start, end), value };
  });
}

/** The same member with another value; the key and the blanks round it stay. */
export function withValue(member: RawMember, text: string): RawMember {
  const { raw, text: old } = member;
  const at = raw.trimEnd().length - old.length;
  return {
    ...member,
    raw: raw.slice(0, at) + text + raw.slice(at + old.length),
    text,
    value: JSON.parse(text),
  };
}

export function newMember(key: string, text: string): RawMember {
  return { key, raw: `${JSON.stringify(key)}:${text}`, text, value: JSON.parse(text) };
}

export function objectOf(members: readonly RawMember[]): string {
  return `{${members.map(({ raw }) => raw).join(',')}}`;
}
