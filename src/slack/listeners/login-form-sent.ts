import type { Rotation } from '../../rotation/rules/rotation.ts';
import { ask } from '../ask.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { loginFormView } from '../login-form-view.ts';
import { whyMayNotAsk } from '../may-ask.ts';
import { openRequest } from '../open-request.ts';
import { whyNotStored } from '../store-outcome.ts';
import { readLoginForm } from '../views/form-values.ts';
import { loginsOf } from '../views/logins.ts';
import { type FormTwoMetadata, readMetadata } from '../views/metadata.ts';
import { valueForm } from '../views/value-form.ts';
import { mostSecrets } from '../views/where.ts';
import { actorOf, type SubmissionArgs } from './incoming.ts';
import { storeRequestOf } from './store-request.ts';
import { type FormEnd, onSubmission } from './submission.ts';

type Choices = ReturnType<typeof readLoginForm>;

/** FORM 1 sent: on to form 2, or straight to the storing function where nothing is typed. */
export const onLoginFormSent = (deps: SlackDependencies) =>
  onSubmission(deps, async (args) => {
    const refused = await whyMayNotAsk(deps, actorOf(args.body));
    return refused ? { end: 'notice', says: refused } : goOn(deps, args);
  });

async function goOn(deps: SlackDependencies, args: SubmissionArgs): Promise<FormEnd> {
  const { fields } = deps.texts.refusals;
  const metadata = readMetadata.formOne(args.view.private_metadata);
  const choices = readLoginForm(args.view.state.values);
  const inventory = await deps.ledger.inventory();
  const login = loginsOf(inventory).find(({ key }) => key === choices.login);
  if (!login) return { end: 'wrong', fields: { login: fields.chooseAgain } };
  const wrong = whatIsWrong(deps, choices);
  if (wrong) return { end: 'wrong', fields: wrong };

  const { waiting, held } = await openRequest(deps, login.registry);
  if (held) return { end: 'wrong', fields: { login: fields.held(login.registry, held.id) } };
  // Nobody takes over a request without having been told of it.
  if (waiting && metadata.replaces !== waiting.id)
    return { end: 'view', view: await loginFormView(deps, inventory, metadata, login.key) };

  const chosen = chosenOf(choices, metadata.channel, login.registry, waiting);
  const userName = login.userName ?? '';
  if (choices.entry !== 'here') return askUntyped(deps, args, choices, chosen, userName);
  return { end: 'view', view: formTwo(deps, chosen, userName, waiting) };
}

function chosenOf(
  choices: Choices,
  channel: string,
  registry: string,
  waiting: Rotation | undefined,
): FormTwoMetadata {
  return {
    channel,
    registry,
    of: { credentials: choices.where },
    why: choices.why,
    redeploy: choices.redeploy,
    ...(choices.halve ? { halve: true } : {}),
    ...(choices.note ? { note: choices.note } : {}),
    ...(waiting ? { replaces: waiting.id } : {}),
  };
}

function formTwo(
  { texts, settings }: SlackDependencies,
  metadata: FormTwoMetadata,
  userName: string,
  waiting: Rotation | undefined,
) {
  const replacedBy = waiting ? { replacedBy: waiting.ask.by } : {};
  return valueForm({ texts, metadata, entries: settings.entries, userName, ...replacedBy });
}

function whatIsWrong(
  { texts, settings }: SlackDependencies,
  choices: Choices,
): Readonly<Record<string, string>> | undefined {
  const { fields } = texts.refusals;
  if (choices.whereOf !== choices.login) return { [choices.whereBlock]: fields.chooseAgain };
  if (choices.where.length === 0) return { [choices.whereBlock]: fields.noSecret };
  if (choices.where.length > mostSecrets) return { [choices.whereBlock]: fields.tooMany(mostSecrets) };
  if (!settings.entries.includes(choices.entry)) return { entry: fields.entryOff };
  if (choices.entry === 'in-use' && choices.redeploy === 'none') return { redeploy: fields.nothingToProve };
  return undefined;
}

/** Entries `stored` and `in-use`: there is nothing to type. */
async function askUntyped(
  deps: SlackDependencies,
  { body, view, context }: SubmissionArgs,
  choices: Choices,
  chosen: FormTwoMetadata,
  userName: string,
): Promise<FormEnd> {
  const request = await storeRequestOf(deps, { body, view, context }, chosen, choices.entry, userName);
  const answer = await ask(deps, request);
  const why = whyNotStored(deps.texts, chosen.registry, answer);
  return why ? { end: 'wrong', fields: { entry: why } } : { end: 'close' };
}
