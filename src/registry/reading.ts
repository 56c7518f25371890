import { type Undecided, unexpected } from './outcome.ts';
import type { HttpAnswer } from './transport.ts';

/** What an answer that settles nothing says: asked too often, an error of the server, or something unforeseen. */
export function undecidedBy(answer: HttpAnswer, now: number): Undecided {
  const retryAfterSeconds = retryAfter(answer.headers.get('retry-after'), now);
  const again = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  if (answer.status === 429) return { result: 'undecided', why: busyReason(answer), ...again };
  if (answer.status >= 500) return { result: 'undecided', why: 'server-error', ...again };
  return unexpected(`status-${answer.status}`);
}

/**
 * Whether a refusal is rather a page of a proxy or firewall on the way, which says nothing about the login: registries
 * refuse in JSON or plain text, or with a challenge.
 */
export function isWebPage({ headers }: HttpAnswer): boolean {
  return mediaType(headers) === 'text/html' && !headers.has('www-authenticate');
}

/** In lower case, without parameters. */
export function mediaType(headers: Headers): string {
  return headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Docker Hub and others answer a locked account with the status of a spent quota. */
function busyReason({ body }: HttpAnswer): 'locked-out' | 'rate-limited' {
  return /too many failed (?:login|auth)/i.test(body.toString('utf8')) ? 'locked-out' : 'rate-limited';
}

/** Seconds, from seconds or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}
