import { clip, escapeMrkdwn } from '../text/escape.ts';

/**
 * Cuts text that is escaped already: half an entity or half a mention at the end would be shown as raw signs, so it
 * goes too.
 */
export function clipMrkdwn(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = clip(text, max).slice(0, -1);
  return `${cut.replace(/(&[a-z]{0,3}|<[^>]*)$/, '')}…`;
}

/** Text from a person or from AWS, on one line, cut and then escaped. */
export function quote(text: string, max: number): string {
  return escapeMrkdwn(clip(text.replace(/\s+/g, ' ').trim(), max));
}
