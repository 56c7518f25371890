import type { Unreachable } from './outcome.ts';

/** Why there was no connection, from what `fetch` threw. Only its code is read: messages quote addresses. */
export function unreachableBy(error: unknown): Unreachable {
  const code = codeOf(error);
  return { result: 'unreachable', why: REASONS[code] ?? (isTls(code) ? 'tls' : 'network') };
}

const REASONS: Readonly<Record<string, Unreachable['why']>> = {
  ENOTFOUND: 'no-such-host',
  EAI_AGAIN: 'no-such-host',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  ETIMEDOUT: 'no-route',
  UND_ERR_CONNECT_TIMEOUT: 'no-route',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
};

function isTls(code: string): boolean {
  return /^(?:ERR_TLS_|ERR_SSL_|CERT_|EPROTO$)/.test(code);
}

/**
 * `fetch` hides the code one or two causes deep, and several addresses tried make an error of several. Read by its
 * fields: an error of another realm is no instance of our `Error`.
 */
function codeOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 3) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0], depth + 1);
  return 'cause' in error ? codeOf(error.cause, depth + 1) : '';
}
