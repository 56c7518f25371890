import type { KnownBlock } from '@slack/types';

/** Everything a reader sees of some blocks, one text a line. */
export function readBlocks(blocks: readonly KnownBlock[]): string {
  return textsIn(blocks).join('\n');
}

/** Labels of the buttons. */
export function buttonsOf(blocks: readonly KnownBlock[]): string[] {
  return blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((element) => (element.type === 'button' ? [element.text.text] : []))
      : [],
  );
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'text' && typeof inner === 'string' ? [inner] : textsIn(inner),
  );
}
