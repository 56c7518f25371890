/** rich_text blocks, as far as the product uses them. Broadcasts are left out on purpose. */
import { byType, type Check, type Fields, flag, list, number, object, string, word } from './check.ts';

const STYLE: Fields = { style: object({}, { bold: flag, italic: flag, strike: flag, code: flag }) };

const inline: Check = byType({
  text: object({ text: string(3000) }, STYLE),
  emoji: object({ name: string(255) }),
  link: object({ url: string(3000) }, { ...STYLE, text: string(3000) }),
  user: object({ user_id: string(255) }, STYLE),
  usergroup: object({ usergroup_id: string(255) }, STYLE),
  channel: object({ channel_id: string(255) }, STYLE),
  date: object(
    { timestamp: number(1, 1e11), format: string(255) },
    { url: string(3000), fallback: string(255) },
  ),
});

const inlines = list(1, 100, inline);

const section: Check = object({ elements: inlines });

const part: Check = byType({
  rich_text_section: section,
  rich_text_preformatted: object({ elements: inlines }, { border: number(0, 1) }),
  rich_text_quote: object({ elements: inlines }, { border: number(0, 1) }),
  rich_text_list: object(
    { style: word('bullet', 'ordered'), elements: list(1, 100, byType({ rich_text_section: section })) },
    { indent: number(0, 8), offset: number(0, 1000), border: number(0, 1) },
  ),
});

/** The fields of a rich_text block or of a rich_text table cell. */
export const RICH_TEXT: Fields = { elements: list(1, 100, part) };
