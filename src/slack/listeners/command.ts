import type { Person } from '../../rotation/rules/policy.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { quote } from '../mrkdwn.ts';
import { explain } from './command-explain.ts';
import { openForm } from './command-form.ts';
import { status } from './command-status.ts';
import type { CommandArgs } from './incoming.ts';
import { tellUnexpected } from './private-answer.ts';

type Command = CommandArgs['command'];

/** The slash command: alone it opens the form; `help`, `status` and `explain` answer the asker only. */
export const onCommand =
  (deps: SlackDependencies) =>
  async ({ ack, command }: CommandArgs): Promise<void> => {
    try {
      const answer = await refuseOrAnswer(deps, command);
      await (answer ? ack({ response_type: 'ephemeral', text: answer }) : ack());
    } catch (error) {
      await ack({ response_type: 'ephemeral', text: tellUnexpected(deps, error, 'command') });
    }
  };

async function refuseOrAnswer(deps: SlackDependencies, command: Command): Promise<string | undefined> {
  const { refusals } = deps.texts;
  // At once: the form must open within three seconds of the command.
  const [person, place] = await Promise.all([
    deps.people.person(command.user_id, command.team_id),
    deps.people.channel(command.channel_id),
  ]);
  if (!person) return refusals.peopleUnknown;
  if (person.isOutsider) return refusals.person('outsider', { approvers: '' });
  // What the status tells is for the company: a channel shared with another one is no place for it.
  if (place === 'shared') return refusals.sharedChannel;
  return answerTo(deps, command, person);
}

async function answerTo(
  deps: SlackDependencies,
  command: Command,
  person: Person,
): Promise<string | undefined> {
  const { commands } = deps.texts;
  const text = command.text.trim();
  const [word = ''] = text.split(/\s/);
  const rest = text.slice(word.length).trim();
  const help = commands.help(deps.settings.command);
  switch (word.toLowerCase()) {
    case '':
      return openForm(deps, command, person);
    case 'help':
      return help;
    case 'status':
      return status(deps, rest);
    case 'explain':
      return explain(deps, rest);
    default:
      return `${commands.unknown(quote(word, 40))}\n${help}`;
  }
}
