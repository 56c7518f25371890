import type { StoreAnswer } from '../../rotation/requests.ts';
import { ask } from '../ask.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { whyMayNotAsk } from '../may-ask.ts';
import { openRequest } from '../open-request.ts';
import { whyNotStored } from '../store-outcome.ts';
import { readToken, readUserName } from '../views/field-rules.ts';
import { readValues, text } from '../views/form-values.ts';
import { type FormTwoMetadata, readMetadata } from '../views/metadata.ts';
import { valueFields, valueForm } from '../views/value-form.ts';
import { actorOf, type SubmissionArgs } from './incoming.ts';
import { storeRequestOf } from './store-request.ts';
import { type FormEnd, onSubmission } from './submission.ts';

/** FORM 2 sent. The token goes to the storing function and nowhere else: no log, no view, no error has it. */
export const onValueFormSent = (deps: SlackDependencies) =>
  onSubmission(deps, async (args) => {
    const refused = await whyMayNotAsk(deps, actorOf(args.body));
    if (refused) return { end: 'notice', says: refused };
    if (!deps.settings.entries.includes('here'))
      return { end: 'notice', says: deps.texts.refusals.fields.entryOff };
    return askTyped(deps, args);
  });

async function askTyped(deps: SlackDependencies, args: SubmissionArgs): Promise<FormEnd> {
  const { fields } = deps.texts.refusals;
  const values = readValues(args.view.state.values);
  const userName = readUserName(text(values, valueFields.userName, 'user-name'), fields);
  const token = readToken(text(values, valueFields.token, 'token'), fields);
  if ('wrong' in userName || 'wrong' in token)
    return {
      end: 'wrong',
      fields: {
        ...('wrong' in userName ? { [valueFields.userName]: userName.wrong } : {}),
        ...('wrong' in token ? { [valueFields.token]: token.wrong } : {}),
      },
    };
  const chosen = readMetadata.formTwo(args.view.private_metadata);
  const request = await storeRequestOf(deps, args, chosen, 'here', userName.text);
  if (request.credentials.length === 0) return { end: 'notice', says: fields.chooseAgain };
  const answer = await ask(deps, { ...request, password: token.text });
  return endOf(deps, chosen, userName.text, answer);
}

async function endOf(
  deps: SlackDependencies,
  chosen: FormTwoMetadata,
  userName: string,
  answer: StoreAnswer,
): Promise<FormEnd> {
  if (answer.result === 'may-replace') return offerToReplace(deps, chosen, userName);
  const why = whyNotStored(deps.texts, chosen.registry, answer);
  return why ? { end: 'wrong', fields: { [valueFields.token]: why } } : { end: 'close' };
}

/** Someone asked in the meantime: the same form, which says so now. Slack keeps what is typed; we do not write it back. */
async function offerToReplace(
  deps: SlackDependencies,
  chosen: FormTwoMetadata,
  userName: string,
): Promise<FormEnd> {
  const { waiting } = await openRequest(deps, chosen.registry);
  const { replaces: _old, ...rest } = chosen;
  const view = valueForm({
    texts: deps.texts,
    entries: deps.settings.entries,
    metadata: waiting ? { ...rest, replaces: waiting.id } : rest,
    userName,
    ...(waiting ? { replacedBy: waiting.ask.by } : {}),
  });
  return { end: 'view', view };
}
