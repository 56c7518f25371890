import type { ModalView } from '@slack/types';
import type { Entry } from '../../rotation/rules/rotation.ts';
import type { Texts } from '../../text/catalogue.ts';
import { context, section } from '../blocks.ts';
import { mention } from '../messages/mention.ts';
import { input, modal } from './inputs.ts';
import { type FormTwoMetadata, writeMetadata } from './metadata.ts';

export const valueFormId = 'value-form';

/** Block ids of the two fields, which field errors are told at. */
export const valueFields = { userName: 'user-name', token: 'token' } as const;

/**
 * FORM 2: user name and token. What is typed comes again in every later click of a view, so this is the last view and
 * has no other interactive element; nothing typed is ever written back into it.
 */
export function valueForm(parts: {
  readonly texts: Texts;
  readonly metadata: FormTwoMetadata;
  readonly entries: readonly Entry[];
  /** The user name of today. */
  readonly userName?: string;
  /** Who asked for the request that this one takes over. */
  readonly replacedBy?: string;
}): ModalView {
  const { form } = parts.texts;
  const { registry } = parts.metadata;
  const seen = parts.entries.includes('stored') ? `${form.seen}\n${form.rather}` : form.seen;
  const needs = form.needs(registry);
  return modal({
    callbackId: valueFormId,
    title: form.titleOf(registry),
    close: form.cancel,
    submit: form.askForApproval,
    metadata: writeMetadata(parts.metadata),
    blocks: [
      parts.replacedBy ? section(form.replaces(mention(parts.replacedBy))) : undefined,
      input(valueFields.userName, form.userName, {
        type: 'plain_text_input',
        action_id: 'user-name',
        max_length: 500,
        ...(parts.userName ? { initial_value: parts.userName } : {}),
      }),
      input(valueFields.token, form.token, {
        type: 'plain_text_input',
        action_id: 'token',
        max_length: 3000,
      }),
      context(seen),
      needs ? context(needs) : undefined,
    ],
  });
}
