import type { Context } from '@slack/bolt';
import * as z from 'zod';

const sent = z.object({ slackSentAt: z.number() });

/** When Slack sent the request, wall time in milliseconds: its signed timestamp, which the front door puts here. */
export function sentAtOf(context: Context): number {
  return sent.parse(context).slackSentAt;
}
