/** A value that a person wrote over several lines, or in quotes: the agent takes the first line, and the quotes too. */
import { objectIn } from './go-json.ts';
import type { ConfigLine } from './lines.ts';

/** More than any configuration has; what is longer is not looked through. */
const mostLines = 500;

/**
 * How many lines after the one at `index` belong to its value, which with them is one JSON object, in quotes or not.
 * None where the value ends in its own line, or makes no object at all.
 */
export function moreLinesOf(lines: readonly ConfigLine[], index: number, value: string): number {
  let joined = value;
  for (let more = 0; more <= mostLines && /^["']?\s*\{/.test(joined); more += 1) {
    if (isObject(joined)) return more;
    const next = lines[index + more + 1]?.content;
    if (next === undefined || isSetting(next)) return 0;
    joined += next;
  }
  return 0;
}

/** Whether the value stands in quotes, whatever is between them. */
export function isQuoted(value: string): boolean {
  return value.length > 1 && /^["']/.test(value) && value.endsWith(value.charAt(0));
}

function isObject(text: string): boolean {
  const inner = isQuoted(text) ? text.slice(1, -1) : text;
  return Boolean(objectIn(inner) ?? objectIn(inner.replaceAll('\\"', '"')));
}

/** A line that begins a setting of its own. One inside the JSON begins with a quote, a brace or a comma. */
function isSetting(line: string): boolean {
  return /^[#\w][\w ]*=/.test(line);
}
