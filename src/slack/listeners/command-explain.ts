import type { SlackDependencies } from '../dependencies.ts';
import { quote } from '../mrkdwn.ts';

/** What an error text of ECS means, and what to do. */
export function explain({ texts, diagnose }: SlackDependencies, text: string): string {
  const { commands, causes } = texts;
  if (!text) return commands.explainWhat;
  const diagnosis = diagnose(text);
  if (!diagnosis) return commands.noPullFailure;
  const known =
    Object.entries(causes).find(([cause]) => cause === diagnosis.class)?.[1] ?? causes.unknown_pull;
  const facts = {
    unauthenticated: diagnosis.unauthenticatedHint,
    ...(diagnosis.registry ? { registry: diagnosis.registry } : {}),
    ...(diagnosis.repository ? { repository: diagnosis.repository } : {}),
  };
  const about = diagnosis.credentialTrouble ? commands.ofLogin : commands.notOfLogin;
  return `${commands.explained(quote(known.cause(facts), 600), quote(known.next(facts), 600))}\n${about}`;
}
