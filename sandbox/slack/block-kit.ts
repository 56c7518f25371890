/** Block Kit as far as the validator lets it in. Payloads are read as these types only after it has passed them. */
import type { Control, Text } from './controls.ts';

export interface InlineText {
  readonly type: 'text' | 'emoji' | 'link' | 'user' | 'usergroup' | 'channel' | 'date';
  readonly text?: string;
  readonly name?: string;
  readonly url?: string;
  readonly user_id?: string;
  readonly usergroup_id?: string;
  readonly channel_id?: string;
  readonly timestamp?: number;
  readonly fallback?: string;
}

export interface RichTextPart {
  readonly type: 'rich_text_section' | 'rich_text_preformatted' | 'rich_text_quote' | 'rich_text_list';
  readonly style?: 'bullet' | 'ordered';
  readonly elements: readonly (InlineText | RichTextPart)[];
}

export interface RichText {
  readonly type: 'rich_text';
  readonly elements: readonly RichTextPart[];
}

export type Cell =
  | { readonly type: 'raw_text'; readonly text: string }
  | { readonly type: 'raw_number'; readonly value: number; readonly text?: string }
  | RichText;

type BlockBody =
  | { readonly type: 'header'; readonly text: Text }
  | {
      readonly type: 'section';
      readonly text?: Text;
      readonly fields?: readonly Text[];
      readonly accessory?: Control;
    }
  | { readonly type: 'context'; readonly elements: readonly Text[] }
  | { readonly type: 'actions'; readonly elements: readonly Control[] }
  | { readonly type: 'divider' }
  | { readonly type: 'table'; readonly rows: readonly (readonly Cell[])[] }
  | {
      readonly type: 'input';
      readonly label: Text;
      readonly element: Control;
      readonly hint?: Text;
      readonly optional?: boolean;
      readonly dispatch_action?: boolean;
    }
  | RichText;

/** A block as Slack keeps it: one without an id was given one. */
export type Block = BlockBody & { readonly block_id: string };

export interface View {
  readonly type: 'modal' | 'home';
  readonly title?: Text;
  readonly submit?: Text;
  readonly close?: Text;
  readonly blocks: readonly Block[];
  readonly callback_id?: string;
  readonly external_id?: string;
  readonly private_metadata?: string;
  readonly clear_on_close?: boolean;
  readonly notify_on_close?: boolean;
}

/** The controls of a block, in the order they stand. */
export function controlsOf(block: Block): readonly Control[] {
  switch (block.type) {
    case 'actions':
      return block.elements;
    case 'section':
      return block.accessory ? [block.accessory] : [];
    case 'input':
      return [block.element];
    case 'header':
    case 'context':
    case 'divider':
    case 'table':
    case 'rich_text':
      return [];
    default:
      return block satisfies never;
  }
}
