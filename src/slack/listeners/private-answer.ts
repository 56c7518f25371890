import type { SlackDependencies } from '../dependencies.ts';
import type { ButtonArgs } from './incoming.ts';

/**
 * Answers a click to the one who clicked; the message stays as it is. Reaches private channels and threads too. Never
 * throws: what was clicked has happened or was refused by then, and the answer alone is lost.
 */
export async function answerPrivately(
  deps: SlackDependencies,
  { respond }: Pick<ButtonArgs, 'respond'>,
  text: string,
): Promise<void> {
  try {
    await respond({ response_type: 'ephemeral', replace_original: false, text });
  } catch (error) {
    deps.log.warn('A private answer did not reach its reader', { error });
  }
}

/** Logs an error that nobody expected and gives what a person is told: a reference, never the error itself. */
export function tellUnexpected(deps: SlackDependencies, error: unknown, where: string): string {
  const reference = deps.newReference();
  deps.log.error('Something unexpected happened in a Slack listener', { error, reference, where });
  return deps.texts.refusals.unexpected(reference);
}
