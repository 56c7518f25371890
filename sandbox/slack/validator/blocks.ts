/** Blocks the product uses, surface by surface. Slack has more; a new one is added here on purpose. */
import {
  both,
  byType,
  type Check,
  type Fields,
  flag,
  isObject,
  list,
  number,
  object,
  string,
  word,
  wrong,
} from './check.ts';
import { anyText, plainText } from './composition.ts';
import { accessory, actionElement, inputElement } from './elements.ts';
import { RICH_TEXT } from './rich-text.ts';

export type Surface = 'message' | 'modal' | 'home';

/** How many blocks a surface takes. */
export const MOST_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

const BLOCK: Fields = { block_id: string(255) };

const header = object({ text: plainText(150) }, BLOCK);

const section = both(
  object({}, { ...BLOCK, text: anyText(3000), fields: list(1, 10, anyText(2000)), accessory, expand: flag }),
  (value, pointer) =>
    isObject(value) && (value.text !== undefined || value.fields !== undefined)
      ? []
      : wrong(pointer, 'needs text or fields'),
);

const context = object({ elements: list(1, 10, anyText(3000)) }, BLOCK);

const actions = object({ elements: list(1, 25, actionElement) }, BLOCK);

const divider = object({}, BLOCK);

const input = object(
  { label: plainText(2000), element: inputElement },
  { ...BLOCK, hint: plainText(2000), optional: flag, dispatch_action: flag },
);

const cell = byType({
  raw_text: object({ text: string(10_000) }),
  raw_number: object({ value: number(-Number.MAX_VALUE, Number.MAX_VALUE) }, { text: string(10_000) }),
  rich_text: object(RICH_TEXT, BLOCK),
});

const table = object(
  { rows: list(1, 100, list(1, 20, cell)) },
  {
    ...BLOCK,
    column_settings: list(1, 20, object({}, { align: word('left', 'center', 'right'), is_wrapped: flag })),
  },
);

const EVERYWHERE: Fields = { header, section, context, actions, divider };

/** The check for one block of a surface. */
export const blockOn: Readonly<Record<Surface, Check>> = {
  message: byType({ ...EVERYWHERE, table, rich_text: object(RICH_TEXT, BLOCK) }),
  modal: byType({ ...EVERYWHERE, input }),
  home: byType({ ...EVERYWHERE, input }),
};
