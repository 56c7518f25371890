import { approval } from './en/approval.ts';
import { causeTexts } from './en/causes.ts';
import { checks } from './en/checks.ts';
import { commands } from './en/commands.ts';
import { failure } from './en/failure.ts';
import { fleet } from './en/fleet.ts';
import { form } from './en/form.ts';
import { paused } from './en/paused.ts';
import { refusals } from './en/refusals.ts';
import { states } from './en/states.ts';

/**
 * Every sentence people read, by area. Names, counts and mentions are handed in ready for where they will stand:
 * escaped for mrkdwn, as they are for plain text.
 */
const en = { form, approval, checks, states, failure, paused, refusals, commands, causes: causeTexts, fleet };

export type Texts = typeof en;

/** The catalogue for a locale such as `en-US`; English where there is none of that language. */
export function textsFor(_locale?: string): Texts {
  return en;
}
