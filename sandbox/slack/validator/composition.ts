/** Text objects, options and confirm dialogs, with the limits of Slack's Block Kit reference. */
import { byType, type Check, flag, list, object, string, word, wrong } from './check.ts';

/** A plain_text object. */
export function plainText(max: number): Check {
  return byType({ plain_text: object({ text: string(max) }, { emoji: flag }) });
}

/** A plain_text or mrkdwn object. */
export function anyText(max: number): Check {
  return byType({
    plain_text: object({ text: string(max) }, { emoji: flag }),
    mrkdwn: object({ text: quietString(max) }, { verbatim: flag }),
  });
}

/**
 * A string that calls nobody who was not named: text from AWS or a person, put in unescaped, could otherwise
 * ping a whole channel. Ours, not Slack's.
 */
export function quietString(max: number): Check {
  const inner = string(max);
  return (value, pointer) =>
    typeof value === 'string' && /<!(channel|here|everyone)\b/.test(value)
      ? wrong(pointer, 'must not call the whole channel')
      : inner(value, pointer);
}

// Older references say 75 for an option's value, newer ones 150: 75 fits both.
const OPTION = 75;

/** An option of a menu. */
export const selectOption: Check = object(
  { text: plainText(OPTION), value: string(OPTION) },
  { description: plainText(OPTION) },
);

/** Radio buttons and checkboxes may carry mrkdwn. */
export const choiceOption: Check = object(
  { text: anyText(OPTION), value: string(OPTION) },
  { description: anyText(OPTION) },
);

/** Options under headings. */
export const optionGroups: Check = list(
  1,
  100,
  object({ label: plainText(OPTION), options: list(1, 100, selectOption) }),
);

/** The question asked before an action is sent. */
export const confirmDialog: Check = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: word('primary', 'danger') },
);
