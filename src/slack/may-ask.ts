import { can } from '../rotation/rules/policy.ts';
import type { Actor } from './act.ts';
import type { SlackDependencies } from './dependencies.ts';
import { sayPersonRefusal } from './refusal-texts.ts';

/** Why someone may not ask for a new login; undefined where they may. Ready for mrkdwn. */
export async function whyMayNotAsk(
  { people, texts, settings }: Pick<SlackDependencies, 'people' | 'texts' | 'settings'>,
  { userId, teamId }: Actor,
): Promise<string | undefined> {
  const person = await people.person(userId, teamId);
  if (!person) return texts.refusals.peopleUnknown;
  const refusal = can.ask(person);
  return refusal && sayPersonRefusal(texts, refusal, settings);
}
