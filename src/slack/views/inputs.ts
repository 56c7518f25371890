import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { plain } from '../blocks.ts';

/** An input block. `element` is what is filled in. */
export function input(
  blockId: string,
  label: string,
  element: InputBlock['element'],
  more: Pick<InputBlock, 'optional' | 'dispatch_action'> & { readonly hintText?: string } = {},
): InputBlock {
  const { hintText, ...flags } = more;
  return {
    type: 'input',
    block_id: blockId,
    label: plain(label, 2000),
    element,
    ...flags,
    ...(hintText ? { hint: plain(hintText, 2000) } : {}),
  };
}

// Older references of Slack say 75 for all three.
export function option(value: string, text: string, description?: string): PlainTextOption {
  return { value, text: plain(text, 75), ...(description ? { description: plain(description, 75) } : {}) };
}

/** A modal. Slack cuts title and buttons at 24 characters. */
export function modal(parts: {
  readonly callbackId: string;
  readonly title: string;
  readonly close: string;
  readonly submit?: string;
  readonly metadata?: string;
  readonly blocks: readonly (KnownBlock | undefined)[];
}): ModalView {
  return {
    type: 'modal',
    callback_id: parts.callbackId,
    title: plain(parts.title, 24),
    close: plain(parts.close, 24),
    ...(parts.submit ? { submit: plain(parts.submit, 24) } : {}),
    ...(parts.metadata === undefined ? {} : { private_metadata: parts.metadata }),
    blocks: parts.blocks.filter((block) => block !== undefined),
  };
}
