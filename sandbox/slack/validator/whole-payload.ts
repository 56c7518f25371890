/** Rules that look at all blocks of a payload together. */

import { blockOn, MOST_BLOCKS, type Surface } from './blocks.ts';
import { isObject, type Problem, wrong } from './check.ts';

// Slack documents no ceiling for all text together; people met one from 12,000 on. Stay well below.
const MOST_TEXT = 10_000;
const MOST_TABLE_TEXT = 10_000;

/** Everything wrong with the blocks of a message or view. Pointers begin with /blocks. */
export function checkBlocks(blocks: unknown, surface: Surface): Problem[] {
  if (!Array.isArray(blocks)) return wrong('/blocks', 'must be a list', 'invalid_blocks_format');
  const most = MOST_BLOCKS[surface];
  return [
    ...(blocks.length > most
      ? wrong('/blocks', `no more than ${most} blocks on a ${surface} (got ${blocks.length})`)
      : []),
    ...blocks.flatMap((block, index) => blockOn[surface](block, `/blocks/${index}`)),
    ...repeatedIds(blocks, 'block_id', '/blocks'),
    ...blocks.flatMap((block, index) => repeatedIds(elementsOf(block), 'action_id', `/blocks/${index}`)),
    ...tooMuchFocus(blocks),
    ...tooManyTables(blocks),
    ...tooMuchText(blocks, surface),
  ];
}

function repeatedIds(items: readonly unknown[], field: string, pointer: string): Problem[] {
  const ids = items.flatMap((item) =>
    isObject(item) && typeof item[field] === 'string' ? [item[field]] : [],
  );
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  return repeated === undefined ? [] : wrong(pointer, `duplicate ${field}: ${repeated}`);
}

/** The interactive elements of one block. */
export function elementsOf(block: unknown): unknown[] {
  if (!isObject(block)) return [];
  const row = block.type === 'actions' && Array.isArray(block.elements) ? block.elements : [];
  return [...row, block.accessory, block.element].filter((element) => element !== undefined);
}

function tooMuchFocus(blocks: readonly unknown[]): Problem[] {
  const focused = blocks
    .flatMap(elementsOf)
    .filter((element) => isObject(element) && element.focus_on_load === true);
  return focused.length > 1 ? wrong('/blocks', 'only one element may have focus_on_load') : [];
}

function tooManyTables(blocks: readonly unknown[]): Problem[] {
  const tables = blocks.filter((block) => isObject(block) && block.type === 'table');
  const long = tables.filter((table) => textLength(table) > MOST_TABLE_TEXT);
  return [
    ...(tables.length > 1 ? wrong('/blocks', 'only one table in a message', 'only_one_table_allowed') : []),
    ...long.flatMap(() => wrong('/blocks', `at most ${MOST_TABLE_TEXT} characters in a table's cells`)),
  ];
}

function tooMuchText(blocks: readonly unknown[], surface: Surface): Problem[] {
  const length = textLength(blocks);
  return surface === 'message' && length > MOST_TEXT
    ? wrong(
        '/blocks',
        `all text together must be at most ${MOST_TEXT} characters (got ${length})`,
        'msg_blocks_too_long',
      )
    : [];
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textLength(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [name, inner]) =>
      sum + (name === 'text' && typeof inner === 'string' ? inner.length : textLength(inner)),
    0,
  );
}
