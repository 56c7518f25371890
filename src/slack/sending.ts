import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { type Grade, inGrade, simplerThan } from './grades.ts';
import type { Message } from './messages/frame.ts';
import type { MessageClient } from './slack-client.ts';
import { isAboutBlocks, readSlackRefusal, type SlackRefusal } from './slack-refusal.ts';

export interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** Where to: an existing message to be edited, or a new one, in a thread or not. */
export type Target =
  | { readonly edit: Place }
  | { readonly post: { readonly channel: string; readonly thread?: string } };

export type Sent =
  | { readonly sent: true; readonly place: Place; readonly grade: Grade }
  | { readonly sent: false; readonly refusal: SlackRefusal; readonly grade: Grade };

export interface SendingTools {
  readonly client: MessageClient;
  readonly clock: Clock;
  readonly log: Log;
}

/** How long a message that must arrive is tried again, milliseconds: a short outage of Slack is sat out. */
const patience = 60_000;
const longestPause = 15_000;

/**
 * Sends one message, in the richest grade that Slack takes. `persist` tries again after rate limits and outages, for
 * about a minute. Never throws.
 */
export async function send(
  tools: SendingTools,
  target: Target,
  message: Message,
  options: { readonly grade: Grade; readonly persist: boolean },
): Promise<Sent> {
  const until = tools.clock.now() + patience;
  let { grade } = options;
  for (let pause = 1_000; ; pause = Math.min(pause * 2, longestPause)) {
    const refusal = await attempt(tools.client, target, message, grade);
    if ('place' in refusal) return { sent: true, place: refusal.place, grade };
    const simpler = refusal.is === 'refused' && isAboutBlocks(refusal.error) ? simplerThan(grade) : undefined;
    logRefusal(tools.log, refusal, grade);
    if (simpler) {
      grade = simpler;
      continue;
    }
    const wait = refusal.is === 'rate-limited' ? refusal.retryAfterMs : pause;
    const giveUp = refusal.is === 'refused' || !options.persist || tools.clock.now() + wait > until;
    if (giveUp) return { sent: false, refusal, grade };
    await tools.clock.sleep(wait);
  }
}

async function attempt(
  client: MessageClient,
  target: Target,
  message: Message,
  grade: Grade,
): Promise<{ readonly place: Place } | SlackRefusal> {
  const payload = inGrade(message, grade);
  try {
    if ('edit' in target) {
      await client.chat.update({ ...target.edit, ...payload });
      return { place: target.edit };
    }
    const { channel, thread } = target.post;
    const inThread = thread ? { thread_ts: thread } : {};
    const posted = await client.chat.postMessage({ channel, ...payload, ...inThread, unfurl_links: false });
    return { place: { channel: posted.channel ?? channel, ts: posted.ts ?? '' } };
  } catch (error) {
    return readSlackRefusal(error);
  }
}

function logRefusal(log: Log, refusal: SlackRefusal, grade: Grade): void {
  log.warn('Slack did not take a message', {
    refusal: refusal.is,
    grade,
    ...(refusal.is === 'refused' ? { slackError: refusal.error, details: refusal.details.join('; ') } : {}),
  });
}
