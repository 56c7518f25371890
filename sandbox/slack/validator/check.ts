/** The small language Block Kit's rules are written in: a check takes a value and says what is wrong with it. */

/** One thing wrong with a payload. `pointer` is a JSON pointer into it; `error` names Slack's own error code. */
export interface Problem {
  readonly pointer: string;
  readonly message: string;
  /** Slack's error where it is not `invalid_blocks`, such as `msg_too_long`. */
  readonly error?: string;
}

/** Says what is wrong with a value that stands at `pointer`. */
export type Check = (value: unknown, pointer: string) => Problem[];

export type Fields = Readonly<Record<string, Check>>;

/** A string of `min` to `max` UTF-16 units: Slack documents no unit, and this never counts too few. */
export function string(max: number, min = 1): Check {
  return (value, pointer) => {
    if (typeof value !== 'string') return wrong(pointer, 'must be a string');
    if (value.length < min)
      return wrong(pointer, min === 1 ? 'must not be empty' : `needs ${min} characters`);
    if (value.length > max) return wrong(pointer, `must be at most ${max} characters (got ${value.length})`);
    return [];
  };
}

/** A boolean. */
export const flag: Check = (value, pointer) =>
  typeof value === 'boolean' ? [] : wrong(pointer, 'must be true or false');

/** A number from `min` to `max`. */
export function number(min: number, max: number): Check {
  return (value, pointer) =>
    typeof value === 'number' && value >= min && value <= max
      ? []
      : wrong(pointer, `must be a number from ${min} to ${max}`);
}

/** One of a few fixed words. */
export function word(...words: string[]): Check {
  return (value, pointer) =>
    typeof value === 'string' && words.includes(value)
      ? []
      : wrong(pointer, `must be one of ${words.join(', ')}`);
}

/** A list of `min` to `max` items, each held to `item`. */
export function list(min: number, max: number, item: Check): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) return wrong(pointer, 'must be a list');
    const size =
      value.length >= min && value.length <= max
        ? []
        : wrong(pointer, `needs ${min} to ${max} items (got ${value.length})`);
    return [...size, ...value.flatMap((entry, index) => item(entry, `${pointer}/${index}`))];
  };
}

/** An object with these fields and no others; `type` is always allowed. */
export function object(required: Fields, optional: Fields = {}): Check {
  const known: Fields = { ...optional, ...required };
  return (value, pointer) => {
    if (!isObject(value)) return wrong(pointer, 'must be an object');
    const missing = Object.keys(required)
      .filter((name) => value[name] === undefined)
      .flatMap((name) => wrong(`${pointer}/${name}`, 'missing required field'));
    return [...missing, ...Object.keys(value).flatMap((name) => checkField(known, value, name, pointer))];
  };
}

function checkField(known: Fields, value: JsonObject, name: string, pointer: string): Problem[] {
  if (name === 'type' || value[name] === undefined) return [];
  const check = Object.hasOwn(known, name) ? known[name] : undefined;
  return check
    ? check(value[name], `${pointer}/${name}`)
    : wrong(pointer, `invalid additional property: ${name}`);
}

/** An object whose `type` picks the check. A type that is not in the table is an error, so adding one is deliberate. */
export function byType(variants: Fields): Check {
  return (value, pointer) => {
    if (!isObject(value)) return wrong(pointer, 'must be an object');
    const type = String(value.type);
    const check = Object.hasOwn(variants, type) ? variants[type] : undefined;
    return check ? check(value, pointer) : wrong(`${pointer}/type`, `unsupported type: ${type}`);
  };
}

/** Both checks, one after the other. */
export function both(first: Check, second: Check): Check {
  return (value, pointer) => [...first(value, pointer), ...second(value, pointer)];
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a JSON value is an object, not a list and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A single problem, as a list. */
export function wrong(pointer: string, message: string, error?: string): Problem[] {
  return [{ pointer, message, ...(error ? { error } : {}) }];
}
