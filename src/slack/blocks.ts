import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  HeaderBlock,
  PlainTextElement,
  SectionBlock,
  TableBlock,
} from '@slack/types';
import { clip } from '../text/escape.ts';
import { clipMrkdwn } from './mrkdwn.ts';

// Limits of Slack's Block Kit reference; the section's own is 3,000.
const limits = {
  header: 150,
  section: 2900,
  button: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
};

/** Plain text, cut at `max` characters. */
export function plain(text: string, max = 3000): PlainTextElement {
  return { type: 'plain_text', text: clip(text, max), emoji: true };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, limits.header) };
}

/** A section of mrkdwn. */
export function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: clipMrkdwn(text, limits.section) } };
}

/** A section under a bold label. */
export function labelled(label: string, text: string): SectionBlock {
  return section(`*${label}*\n${text}`);
}

/** Small grey text. */
export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: clipMrkdwn(text, limits.section) }] };
}

/** A row of buttons; undefined where there is none, since Slack refuses an empty row. */
export function actions(buttons: readonly Button[]): ActionsBlock | undefined {
  return buttons.length > 0 ? { type: 'actions', elements: [...buttons] } : undefined;
}

export interface ButtonLook {
  readonly style?: 'primary' | 'danger';
  readonly confirm?: ConfirmationDialog;
}

export function button(actionId: string, label: string, value: string, look: ButtonLook = {}): Button {
  return { type: 'button', action_id: actionId, text: plain(label, limits.button), value, ...look };
}

/** The dialog Slack shows before a click counts. */
export function confirm(
  words: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string },
  style?: 'primary' | 'danger',
): ConfirmationDialog {
  return {
    title: plain(words.title, limits.confirmTitle),
    text: plain(words.text, limits.confirmText),
    confirm: plain(words.yes, limits.confirmButton),
    deny: plain(words.no, limits.confirmButton),
    ...(style ? { style } : {}),
  };
}

/** A table of raw text: nothing in a cell is read as a mention or a link. An empty cell is shown as a dash. */
export function table(rows: readonly (readonly string[])[]): TableBlock {
  return {
    type: 'table',
    column_settings: (rows[0] ?? []).map(() => ({ is_wrapped: true })),
    rows: rows.map((cells) => cells.map((text) => ({ type: 'raw_text', text: text || '–' }))),
  };
}
