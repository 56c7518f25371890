import type { KnownBlock } from '@slack/types';
import { section } from './blocks.ts';
import type { Message } from './messages/frame.ts';

/** How richly a message is sent: all blocks, then its text with the buttons, then the text alone. */
export type Grade = 'rich' | 'plain' | 'text';

/** What remains of a message in a grade. An empty list of blocks takes away those of an earlier edit. */
export function inGrade({ text, blocks }: Message, grade: Grade): { text: string; blocks: KnownBlock[] } {
  switch (grade) {
    case 'rich':
      return { text, blocks: [...blocks] };
    case 'plain':
      return {
        text,
        blocks: [section(textOf(text, blocks)), ...blocks.filter(({ type }) => type === 'actions')],
      };
    case 'text':
      return { text, blocks: [] };
    default:
      return unknownGrade(grade);
  }
}

/** The next simpler grade; undefined where there is none. */
export function simplerThan(grade: Grade): Grade | undefined {
  return grade === 'rich' ? 'plain' : grade === 'plain' ? 'text' : undefined;
}

/** The notification and then what the sections said, as one text. */
function textOf(text: string, blocks: readonly KnownBlock[]): string {
  const sections = blocks.flatMap((block) =>
    block.type === 'section' && block.text ? [block.text.text] : [],
  );
  return [text, ...sections].join('\n');
}

function unknownGrade(grade: never): never {
  throw new TypeError(`unknown grade ${JSON.stringify(grade)}`);
}
