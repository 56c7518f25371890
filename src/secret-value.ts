import { createHash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/**
 * A value nobody may see: every ordinary way of printing an object gives `[redacted]`. The text is in a private
 * field, so spreading, JSON, structured clones and `util.inspect` with `showHidden` do not reach it either.
 */
export class SecretValue {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(text: string): SecretValue {
    return new SecretValue(text);
  }

  /** The text itself. Stands in a few named files only, which a test counts. */
  reveal(): string {
    return this.#text;
  }

  /** Whether both hold the same text, taking the same time wherever they differ: hashes are of one length. */
  equals(other: SecretValue): boolean {
    return timingSafeEqual(hashOf(this.#text), hashOf(other.#text));
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
