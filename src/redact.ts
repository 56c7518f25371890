const hidden = '[redacted]';

/** Names of fields whose value is never printed, whatever it holds. */
const secretNames =
  /pass(word|wd)?$|token$|secret(string|binary|value)?$|authorization|credential(s)?$|signature$|cookie|body$|^value$|private_?metadata|state_?values/i;

/** Texts that look like a credential wherever they stand: Slack, GitHub, Docker, GitLab, AWS, and HTTP's own header. */
const secretTexts =
  /\b(xox[a-z]-[\w-]+|xapp-[\w-]+|gh[pousr]_\w+|github_pat_\w+|dckr_[a-z]+_[\w-]+|glpat-[\w-]+|(?:AKIA|ASIA)[A-Z0-9]{12,}|(?:Basic|Bearer)\s+[\w.~+/=-]{6,})/g;

const deepest = 6;

/** A copy that may be logged: errors become name, message, code, stack and cause; secret-like fields and texts are hidden. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(secretTexts, hidden);
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '[deeper]';
  if (value instanceof Error) return describeError(value, depth);
  if ('toJSON' in value && typeof value.toJSON === 'function') return redact(value.toJSON(), depth + 1);
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secretNames.test(name) ? hidden : redact(inner, depth + 1),
    ]),
  );
}

/** Only what helps to find the fault: an SDK's error carries its whole request and answer in other fields. */
function describeError(error: Error, depth: number): Record<string, unknown> {
  const code = 'code' in error ? redact(error.code, depth + 1) : undefined;
  return {
    name: error.name,
    message: redact(error.message),
    ...(code === undefined ? {} : { code }),
    stack: redact(error.stack ?? ''),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
  };
}
