import { type ErrorCode, errorTexts } from './text/en/errors.ts';

export type { ErrorCode } from './text/en/errors.ts';

/**
 * The one error class. `code` is stable and has a heading in docs/troubleshooting.md; `says` tells a person
 * what went wrong and `next` what to do. Expected outcomes (denied, expired, not an approver) are values,
 * not errors. Facts are quoted in messages and logs: never put a credential's value in one.
 */
export class RotateError extends Error {
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, string>>;

  constructor(
    code: ErrorCode,
    facts: Readonly<Record<string, string>> = {},
    options: { cause?: unknown } = {},
  ) {
    super(`${code}: ${errorTexts[code].says(facts)}`, options);
    this.name = 'RotateError';
    this.code = code;
    this.facts = facts;
  }

  get says(): string {
    return errorTexts[this.code].says(this.facts);
  }

  get next(): string {
    return errorTexts[this.code].next(this.facts);
  }
}

/** Whether `error` is ours, and of one of these codes where any are given. */
export function isRotateError(error: unknown, ...codes: ErrorCode[]): error is RotateError {
  return error instanceof RotateError && (codes.length === 0 || codes.includes(error.code));
}
