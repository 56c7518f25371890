import type { KnownBlock, ModalView } from '@slack/types';
import type { Inventory } from '../../rotation/ports.ts';
import type { Entry, Rotation } from '../../rotation/rules/rotation.ts';
import type { Texts } from '../../text/catalogue.ts';
import { escapeMrkdwn, slackDate } from '../../text/escape.ts';
import { context, section } from '../blocks.ts';
import { mention } from '../messages/mention.ts';
import { input, modal, option } from './inputs.ts';
import { type LoginChoice, loginsOf } from './logins.ts';
import { type FormOneMetadata, writeMetadata } from './metadata.ts';
import { whereBlocks } from './where.ts';

export const loginFormId = 'login-form';

export interface LoginFormParts {
  readonly texts: Texts;
  readonly inventory: Inventory;
  readonly entries: readonly Entry[];
  readonly metadata: FormOneMetadata;
  /** Key of the login chosen; the most used one where absent. */
  readonly chosen?: string;
  /** The open request of the chosen registry that sending would replace. */
  readonly waiting?: Rotation;
}

/** Slack takes 100 options. */
const mostLogins = 100;

/** FORM 1: which login, where, why, what restarts, how it is entered. An inventory without logins says so. */
export function loginForm(parts: LoginFormParts): ModalView {
  const { texts, metadata, inventory } = parts;
  const { form } = texts;
  const logins = loginsOf(inventory, metadata.filter);
  const chosen = chosenLogin(logins, parts.chosen);
  const blocks = chosen
    ? [
        ...loginBlocks(texts, logins, chosen),
        parts.waiting && section(form.replaces(mention(parts.waiting.ask.by))),
        ...whereBlocks(texts, chosen),
        ...choiceBlocks(parts),
        context(form.asOf(slackDate(inventory.at, 'date-time'))),
      ]
    : emptyBlocks(parts);
  const { replaces: _old, ...rest } = metadata;
  return modal({
    callbackId: loginFormId,
    title: form.title,
    close: form.cancel,
    submit: form.next,
    metadata: writeMetadata(parts.waiting ? { ...rest, replaces: parts.waiting.id } : rest),
    blocks: [...findBlocks(parts), ...blocks],
  });
}

/** The login of this key among the choices, else the first. */
export function chosenLogin(
  logins: readonly LoginChoice[],
  key: string | undefined,
): LoginChoice | undefined {
  const shown = logins.slice(0, mostLogins);
  return shown.find((login) => login.key === key) ?? shown[0];
}

function loginBlocks(texts: Texts, logins: readonly LoginChoice[], chosen: LoginChoice): KnownBlock[] {
  const { form } = texts;
  const shown = logins.slice(0, mostLogins);
  const options = shown.map((login) => option(login.key, labelOf(texts, login, shown)));
  const initial = options.find(({ value }) => value === chosen.key);
  const more = logins.length - shown.length;
  return [
    input(
      'login',
      form.login,
      {
        type: 'static_select',
        action_id: 'login',
        options,
        ...(initial ? { initial_option: initial } : {}),
      },
      { dispatch_action: true },
    ),
    ...(more > 0 ? [context(form.moreLogins(more))] : []),
  ];
}

/** Two logins of one registry are told apart by their user names. */
function labelOf({ form }: Texts, login: LoginChoice, all: readonly LoginChoice[]): string {
  const isOnly = all.filter(({ registry }) => registry === login.registry).length === 1;
  const userName = login.userName ?? login.same[0]?.name ?? '';
  return isOnly
    ? form.usedBy(login.registry, login.services)
    : form.usedByAs(login.registry, userName, login.services);
}

function choiceBlocks({ texts: { form }, entries }: LoginFormParts): KnownBlock[] {
  return [
    input('why', form.why, radios('why', form.whys)),
    input('redeploy', form.redeploy, radios('redeploy', form.redeploys)),
    halveBlock(form),
    input('entry', form.enterIt, radios('entry', pick(form.entries, entries))),
    input(
      'note',
      form.note,
      { type: 'plain_text_input', action_id: 'note', max_length: 500 },
      { optional: true, hintText: form.noteHint },
    ),
  ];
}

/** One explicit tick: the only setting of a service that is ever written, and it is given back. */
function halveBlock(form: Texts['form']): KnownBlock {
  const element = {
    type: 'checkboxes' as const,
    action_id: 'halve',
    options: [option('halve', form.halve, form.halveHint)],
  };
  return input('halve', form.halveLabel, element, { optional: true });
}

function radios(actionId: string, words: Readonly<Record<string, string>>) {
  const options = Object.entries(words).map(([value, text]) => option(value, text));
  const [first] = options;
  return {
    type: 'radio_buttons' as const,
    action_id: actionId,
    options,
    ...(first ? { initial_option: first } : {}),
  };
}

function pick(words: Readonly<Record<Entry, string>>, entries: readonly Entry[]): Record<string, string> {
  return Object.fromEntries(entries.map((entry) => [entry, words[entry]]));
}

/** A field to find a login by, only where a list is too long without it. */
function findBlocks({ texts: { form }, inventory, metadata }: LoginFormParts): KnownBlock[] {
  if (loginsOf(inventory).length <= mostLogins) return [];
  const { filter } = metadata;
  const element = {
    type: 'plain_text_input' as const,
    action_id: 'find',
    max_length: 100,
    dispatch_action_config: { trigger_actions_on: ['on_enter_pressed' as const] },
    ...(filter ? { initial_value: filter } : {}),
  };
  return [
    input('find', form.find, element, { optional: true, dispatch_action: true, hintText: form.findHint }),
  ];
}

function emptyBlocks({ texts: { form }, metadata }: LoginFormParts): KnownBlock[] {
  return [section(metadata.filter ? form.nothingFound(escapeMrkdwn(metadata.filter)) : form.none)];
}
