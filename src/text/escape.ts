/**
 * Escapes what Slack's mrkdwn would read as a link, a mention or a date. For everything that came from a person or
 * from AWS: else `<!channel>` in a reason calls everybody. Once only, and after `clip`, which knows no entities.
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `max` UTF-16 units, the unit of Slack's limits, with "…" where something was cut; no half character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max < 1) return '';
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

const dateTokens = {
  time: '{time}',
  day: '{date_short_pretty}',
  'date-time': '{date_short_pretty} {time}',
} as const;

/**
 * A moment in the reader's own time zone. `epochMs` is milliseconds since the epoch; Slack counts whole seconds.
 * Where Slack cannot format it (notifications, other clients) it shows ISO 8601 in UTC. Not to be escaped.
 */
export function slackDate(epochMs: number, style: keyof typeof dateTokens): string {
  const seconds = Math.floor(epochMs / 1000);
  const iso = new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return `<!date^${seconds}^${dateTokens[style]}|${iso}>`;
}
