import type { SecretValue } from '../secret-value.ts';
import { type Attempt, type Exchange, send } from './transport.ts';

/** Asks `/v2/`, which names no repository: 200 lets in, 401 challenges. */
export function askPresence(attempt: Attempt, authorization?: SecretValue): Promise<Exchange> {
  const url = new URL('v2/', attempt.endpoint.base);
  return send(attempt, { method: 'GET', url, authorization });
}
