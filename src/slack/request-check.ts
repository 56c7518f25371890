import { createHmac, timingSafeEqual } from 'node:crypto';

/** A request as API Gateway's HTTP API (payload 2.0) hands it over; only what is used. */
export interface GatewayRequest {
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** A request from Slack, read and verified. */
export interface SlackRequest {
  /** By lower-case name; the content type without its charset. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Slack's timestamp, milliseconds since the epoch. */
  readonly sentAt: number;
}

export type Checked = SlackRequest | { readonly refused: 400 | 401 | 413 | 415 };

/** Slack's own payloads stay below this; what is bigger is not worth a hash. */
const mostBytes = 512 * 1024;
/** Slack's guidance for replays; a timestamp ahead of us is as odd as an old one. */
const windowMs = 5 * 60_000;

const forms = ['application/x-www-form-urlencoded', 'application/json'];

/**
 * Whether Slack sent this, from the raw bytes, before anything parses them. Unsigned and odd requests are refused
 * here: the framework behind would throw at some of them, and takes timestamps from the future.
 * @param now wall time, milliseconds since the epoch
 */
export function checkRequest(request: GatewayRequest, signingSecret: string, now: number): Checked {
  const bytes = Buffer.from(request.body ?? '', request.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > mostBytes) return { refused: 413 };
  const headers = lowerCased(request.headers ?? {});
  const timestamp = headers['x-slack-request-timestamp'] ?? '';
  if (!/^\d{1,12}$/.test(timestamp)) return { refused: 401 };
  const sentAt = Number(timestamp) * 1000;
  if (Math.abs(now - sentAt) > windowMs) return { refused: 401 };
  const signature = headers['x-slack-signature'] ?? '';
  if (!isSigned(signingSecret, timestamp, bytes, signature)) return { refused: 401 };
  const form = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (!forms.includes(form)) return { refused: 415 };
  const body = bytes.toString('utf8');
  if (!isReadable(form, body)) return { refused: 400 };
  return { headers: { ...headers, 'content-type': form }, body, sentAt };
}

function lowerCased(headers: NonNullable<GatewayRequest['headers']>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}

/** `v0=` and HMAC-SHA256 over `v0:<timestamp>:<raw body>` (Slack, Verifying requests). */
function isSigned(secret: string, timestamp: string, bytes: Buffer, signature: string): boolean {
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(bytes).digest('hex');
  const expected = Buffer.from(`v0=${digest}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** JSON that parses to an object, alone or in the form field `payload`. */
function isReadable(form: string, body: string): boolean {
  if (form === 'application/json') return isJsonObject(body);
  const payload = new URLSearchParams(body).get('payload');
  return payload === null || isJsonObject(payload);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
