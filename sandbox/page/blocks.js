import { controlNode } from './controls.js';
import { el } from './dom.js';
import { inputNode } from './inputs.js';
import { textNodes } from './mrkdwn.js';
import { richTextNodes } from './rich-text.js';

/**
 * The node of one block. `place` says where it stands: `names` for mentions, `press(control, blockId, more)` for
 * what a person does, and in a modal `form` with what they entered.
 */
export function blockNode(block, place) {
  const show = (text) => textNodes(text, place.names);
  switch (block.type) {
    case 'header':
      return el('h3', { class: 'block-header' }, show(block.text));
    case 'section':
      return sectionNode(block, place, show);
    case 'context':
      return el(
        'div',
        { class: 'block-context' },
        block.elements.map((text) => el('span', {}, show(text))),
      );
    case 'actions':
      return el(
        'div',
        { class: 'block-actions' },
        block.elements.map((control) => controlNode(control, block, place)),
      );
    case 'divider':
      return el('hr');
    case 'table':
      return tableNode(block, place);
    case 'rich_text':
      return el('div', { class: 'block-text' }, richTextNodes(block, place.names));
    case 'input':
      return inputNode(block, place);
    default:
      return el('p', { class: 'block-unknown' }, `[${block.type} is not drawn here]`);
  }
}

function sectionNode(block, place, show) {
  const fields = block.fields?.map((field) => el('div', {}, show(field)));
  return el(
    'div',
    { class: 'block-section' },
    el('div', { class: 'block-text' }, show(block.text), fields && el('div', { class: 'fields' }, fields)),
    block.accessory && controlNode(block.accessory, block, place),
  );
}

function tableNode({ rows, column_settings: columns = [] }, place) {
  const row = (cells, tag) =>
    el(
      'tr',
      {},
      cells.map((cell, index) =>
        el(tag, { class: `align-${columns[index]?.align ?? 'left'}` }, cellNodes(cell, place)),
      ),
    );
  const [head, ...body] = rows;
  return el(
    'div',
    { class: 'table-frame', tabindex: '0', role: 'region', 'aria-label': 'Table' },
    el(
      'table',
      {},
      el('thead', {}, row(head, 'th')),
      el(
        'tbody',
        {},
        body.map((cells) => row(cells, 'td')),
      ),
    ),
  );
}

function cellNodes(cell, place) {
  if (cell.type === 'rich_text') return richTextNodes(cell, place.names);
  return cell.text ?? String(cell.value);
}
