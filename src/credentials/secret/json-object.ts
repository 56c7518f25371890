/**
 * A JSON object's members with their places in the text, so that two of them can be changed and every other byte
 * stays: a parse and print would lose long numbers, repeated keys and the order of keys that look like numbers.
 */
export interface JsonMember {
  readonly key: string;
  readonly value: unknown;
  /** Where the value's text begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** The members in the order of the text; undefined where the text is not one JSON object. */
export function membersOf(text: string): readonly JsonMember[] | undefined {
  if (!isObject(text)) return undefined;
  const members: JsonMember[] = [];
  let at = skipBlanks(text, text.indexOf('{') + 1);
  while (text[at] === '"') {
    const keyEnd = endOfValue(text, at);
    const start = skipBlanks(text, skipBlanks(text, keyEnd) + 1);
    const end = endOfValue(text, start);
    members.push({
      key: String(JSON.parse(text.slice(at, keyEnd))),
      value: JSON.parse(text.slice(start, end)),
      start,
      end,
    });
    at = skipBlanks(text, skipBlanks(text, end) + 1);
  }
  return members;
}

/**
 * The text with these members set. A key that differs in case only is set as well: the EC2 agent would read whichever
 * comes last. What is missing is added at the end.
 */
export function setMembers(
  text: string,
  members: readonly JsonMember[],
  values: Readonly<Record<string, string>>,
): string {
  let result = text;
  for (const { key, start, end } of members.toReversed()) {
    const name = key.toLowerCase();
    // A key may be called "constructor", which every object has.
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) result = result.slice(0, start) + JSON.stringify(value) + result.slice(end);
  }
  const missing = Object.keys(values).filter((key) => !members.some((member) => member.key === key));
  const added = missing.map((key) => `${JSON.stringify(key)}:${JSON.stringify(values[key])}`);
  if (added.length === 0) return result;
  const brace = result.lastIndexOf('}');
  const between = members.length > 0 ? ',' : '';
  return `${result.slice(0, brace).trimEnd()}${between}${added.join(',')}${result.slice(brace)}`;
}

function isObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    // Not rethrown: a SyntaxError quotes the text.
    return false;
  }
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}

/** The end of the value that begins at `start`, in a text known to be JSON. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let at = start;
  do {
    const character = text.charAt(at);
    if (character === '"') at = endOfString(text, at);
    else if (depth === 0 && !'{['.includes(character)) return endOfLiteral(text, at);
    else {
      if ('{['.includes(character)) depth += 1;
      if ('}]'.includes(character)) depth -= 1;
      at += 1;
    }
  } while (depth > 0);
  return at;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** A number, true, false or null. */
function endOfLiteral(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',}] \t\r\n'.includes(text.charAt(at))) at += 1;
  return at;
}
