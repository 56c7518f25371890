import type { KnownBlock, PlainTextOption } from '@slack/types';
import type { KnownCredential } from '../../rotation/rules/credential.ts';
import type { Texts } from '../../text/catalogue.ts';
import { context } from '../blocks.ts';
import { input, option } from './inputs.ts';
import { keyOf, type LoginChoice } from './logins.ts';

/** Checkboxes take 10 options, a menu 100; a rotation takes 20 credentials (src/rotation/requests.ts). */
const mostBoxes = 10;
const mostOptions = 100;
export const mostSecrets = 20;

/** Where the login goes: ticked what holds it today, unticked what else is of the registry. */
export function whereBlocks({ form }: Texts, login: LoginChoice): KnownBlock[] {
  const all = [...login.same, ...login.others];
  const options = all.slice(0, mostOptions).map((credential) => optionOf(form, credential, login));
  const ticked = options.slice(0, Math.min(login.same.length, mostSecrets));
  const left = all.length - options.length + Math.max(0, login.same.length - mostSecrets);
  const element = options.length <= mostBoxes ? boxes(options, ticked) : menu(options, ticked);
  // A new block id for every login: Slack would keep the ticks of the one before.
  const where = input(whereBlockId(login.key), form.where, element, { hintText: form.whereHint });
  return [where, ...(left > 0 ? [context(form.tooManySecrets(left))] : [])];
}

export function whereBlockId(loginKey: string): string {
  return `where:${loginKey}`;
}

function boxes(options: PlainTextOption[], ticked: PlainTextOption[]) {
  return { type: 'checkboxes' as const, action_id: 'where', options, initial_options: ticked };
}

function menu(options: PlainTextOption[], ticked: PlainTextOption[]) {
  return {
    type: 'multi_static_select' as const,
    action_id: 'where',
    options,
    initial_options: ticked,
    max_selected_items: mostSecrets,
  };
}

function optionOf(form: Texts['form'], credential: KnownCredential, login: LoginChoice): PlainTextOption {
  const text = form.secret(credential.name, credential.services);
  if (login.same.includes(credential)) return option(keyOf(credential), text);
  const { userName } = credential;
  return option(keyOf(credential), text, userName === undefined ? form.secretOther : form.secretAs(userName));
}
