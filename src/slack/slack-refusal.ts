import * as z from 'zod';

/** What Slack's Web API, or the way to it, said no with. */
export type SlackRefusal =
  /** Slack's own error word, such as `invalid_blocks`, with its details where it gives any. */
  | { readonly is: 'refused'; readonly error: string; readonly details: readonly string[] }
  | { readonly is: 'rate-limited'; readonly retryAfterMs: number }
  /** HTTP 5xx, no connection, time-out. */
  | { readonly is: 'unreachable' };

// The shapes of @slack/web-api's errors, read by their `code`: its classes differ between copies of the package.
const platformError = z.object({
  code: z.literal('slack_webapi_platform_error'),
  data: z.object({
    error: z.string(),
    response_metadata: z.object({ messages: z.array(z.string()).optional() }).optional(),
  }),
});
const rateLimitedError = z.object({
  code: z.literal('slack_webapi_rate_limited_error'),
  retryAfter: z.number(),
});

/** Reads an error thrown by a Web API call. An error of any other kind counts as unreachable. */
export function readSlackRefusal(error: unknown): SlackRefusal {
  const limited = rateLimitedError.safeParse(error).data;
  if (limited) return { is: 'rate-limited', retryAfterMs: limited.retryAfter * 1000 };
  const platform = platformError.safeParse(error).data;
  if (!platform) return { is: 'unreachable' };
  const { error: word, response_metadata } = platform.data;
  // Some methods tell of their limit in the answer's body only.
  if (word === 'ratelimited' || word === 'rate_limited') return { is: 'rate-limited', retryAfterMs: 1000 };
  if (word === 'internal_error' || word === 'fatal_error' || word === 'service_unavailable')
    return { is: 'unreachable' };
  return { is: 'refused', error: word, details: response_metadata?.messages ?? [] };
}

/** Slack does not take these blocks: a simpler message may pass. */
export function isAboutBlocks(error: string): boolean {
  return [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'msg_too_long',
    'only_one_table_allowed',
    'block_mismatch',
  ].includes(error);
}

/** The message can be edited no more: go on in a new one. */
export function isPastEditing(error: string): boolean {
  return [
    'edit_window_closed',
    'cant_update_message',
    'message_not_found',
    'streaming_state_conflict',
    'is_inactive',
  ].includes(error);
}
