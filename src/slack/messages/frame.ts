import type { Button, KnownBlock } from '@slack/types';
import type { RotationView } from '../../rotation/ports.ts';
import type { Texts } from '../../text/catalogue.ts';
import { type ButtonLook, button } from '../blocks.ts';
import { encodeButtonValue } from '../button-value.ts';
import { clipMrkdwn } from '../mrkdwn.ts';
import type { PeopleConfig } from '../settings.ts';

/** A message ready to send: `text` is the notification and the last resort, so it is never empty. */
export interface Message {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

/** What every renderer is given. */
export interface Scene {
  readonly view: RotationView;
  readonly texts: Texts;
  readonly people: PeopleConfig;
}

// People met a ceiling for all text of a message from 12,000 on; chat.update takes 4,000 of `text`.
const mostText = 9_500;
const mostNotice = 3_000;
const tightSection = 900;

/** Puts a message together, and tightens every section where all text together would be too much for Slack. */
export function message(notice: string, blocks: readonly (KnownBlock | undefined)[]): Message {
  const present = blocks.filter((block) => block !== undefined);
  // Counting the JSON counts a little too much, never too little.
  const tooLong = JSON.stringify(present).length > mostText;
  return { text: clipMrkdwn(notice, mostNotice), blocks: tooLong ? present.map(tighten) : present };
}

/** A button of this rotation. `id` is the action id that the listener of that name hears. */
export function rotationButton(
  { view: { rotation } }: Scene,
  id: string,
  label: string,
  look: ButtonLook & { readonly fingerprint?: string } = {},
): Button {
  const { fingerprint, ...style } = look;
  const value = { registry: rotation.registry, id: rotation.id, ...(fingerprint ? { fingerprint } : {}) };
  return button(id, label, encodeButtonValue(value), style);
}

function tighten(block: KnownBlock): KnownBlock {
  if (block.type !== 'section' || block.text?.type !== 'mrkdwn') return block;
  return { ...block, text: { ...block.text, text: clipMrkdwn(block.text.text, tightSection) } };
}
