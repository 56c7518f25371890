import { type RegistryAnswer, statusLine } from './ask-registry.ts';
import { findChallenge } from './challenge.ts';

/** One registry error as docker's client holds it: bare where the registry said no more than the code does. */
export interface RegistryError {
  /** The code in lower case with blanks, as docker prints it: `name unknown`. */
  readonly code: string;
  readonly message: string | undefined;
}

/** Either a list of errors, or a sentence where the answer has none. */
export type ReadErrors = { readonly errors: readonly RegistryError[] } | { readonly sentence: string };

/** Codes and their own sentences (distribution, registry/api/errcode and api/v2/errors.go). */
const KNOWN: Readonly<Record<string, string>> = {
  UNAUTHORIZED: 'authentication required',
  DENIED: 'requested access to the resource is denied',
  TOOMANYREQUESTS: 'too many requests',
  UNAVAILABLE: 'service unavailable',
  UNSUPPORTED: 'The operation is unsupported.',
  NAME_UNKNOWN: 'repository name not known to registry',
  NAME_INVALID: 'invalid repository name',
  MANIFEST_UNKNOWN: 'manifest unknown',
  MANIFEST_INVALID: 'manifest invalid',
  BLOB_UNKNOWN: 'blob unknown to registry',
};

/** Reads an error answer as docker's registry client does (distribution, internal/client/errors.go). */
export function readRegistryErrors(answer: Extract<RegistryAnswer, { status: number }>): ReadErrors {
  if (answer.status < 400 || answer.status >= 500) {
    return { sentence: `received unexpected HTTP status: ${statusLine(answer.status)}` };
  }
  const fromBody = readBody(answer.status, answer.body);
  const scopeError = readScopeError(answer.headers['www-authenticate']);
  if (answer.status !== 401 || scopeError === undefined) return fromBody;
  return { errors: [scopeError, ...('errors' in fromBody ? fromBody.errors : [])] };
}

/** `denied: why`, or the bare code. */
export const wordsOf = ({ code, message }: RegistryError): string =>
  message === undefined ? code : `${code}: ${message}`;

/** All of an answer's errors in one text, as the digest lookup prints them. */
export function printErrors(read: ReadErrors): string {
  if ('sentence' in read) return read.sentence;
  const [first, ...others] = read.errors;
  if (first === undefined) return 'unauthorized: authentication required';
  return others.length === 0 ? wordsOf(first) : `errors: ${read.errors.map(wordsOf).join('\n')}`;
}

function readScopeError(header: string | undefined): RegistryError | undefined {
  const error = findChallenge(header, 'bearer')?.parameters.error;
  if (error === 'insufficient_scope') return { code: 'denied', message: KNOWN.DENIED };
  if (error === 'invalid_token') return { code: 'unauthorized', message: KNOWN.UNAUTHORIZED };
  return undefined;
}

function readBody(status: number, body: string): ReadErrors {
  const parsed = parseJson(body);
  if (parsed === undefined) return { sentence: unparsable(status, body) };
  if (typeof parsed.details === 'string' && (status === 401 || status === 429)) {
    return {
      errors: [{ code: status === 401 ? 'unauthorized' : 'toomanyrequests', message: parsed.details }],
    };
  }
  const errors = Array.isArray(parsed.errors) ? parsed.errors.map(readError) : [];
  if (errors.length > 0) return { errors };
  const shown = JSON.stringify(body);
  return {
    sentence: `error parsing HTTP ${status} response body: no error details found in HTTP response body: ${shown}`,
  };
}

/** A default sentence without detail is folded back into its code, hence docker's bare `denied` for a 403. */
function readError(entry: { code?: unknown; message?: unknown; detail?: unknown }): RegistryError {
  const name = String(entry.code);
  const usual = KNOWN[name];
  const code = usual === undefined ? 'unknown' : name.toLowerCase().replaceAll('_', ' ');
  const message = typeof entry.message === 'string' && entry.message !== '' ? entry.message : usual;
  const detailed = entry.detail !== undefined && entry.detail !== null;
  return { code, message: !detailed && message === usual ? undefined : message };
}

function parseJson(body: string): { errors?: unknown; details?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Go's complaint about a body that is no JSON, such as a proxy's or S3's page. */
export function notJson(body: string): string {
  if (body === '') return 'unexpected end of JSON input';
  return `invalid character '${body.trimStart().charAt(0)}' looking for beginning of value`;
}

const unparsable = (status: number, body: string): string =>
  `error parsing HTTP ${status} response body: ${notJson(body)}: ${JSON.stringify(body)}`;
