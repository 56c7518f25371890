import { formatDate } from './dates.js';
import { el } from './dom.js';
import { link, mention } from './mrkdwn.js';
import { signNode } from './signs.js';

/** The nodes of a rich_text block or table cell. */
export function richTextNodes(block, names) {
  return block.elements.map((part) => partNode(part, names));
}

function partNode(part, names) {
  const children = () => part.elements.map((element) => inlineNode(element, names));
  switch (part.type) {
    case 'rich_text_preformatted':
      return el('pre', {}, children());
    case 'rich_text_quote':
      return el('blockquote', {}, children());
    case 'rich_text_list':
      return el(
        part.style === 'ordered' ? 'ol' : 'ul',
        {},
        part.elements.map((item) => el('li', {}, partNode(item, names))),
      );
    default:
      return el('span', {}, children());
  }
}

function inlineNode(element, names) {
  switch (element.type) {
    case 'user':
      return mention(names.person(element.user_id));
    case 'usergroup':
      return mention(names.group(element.usergroup_id));
    case 'channel':
      return mention(names.channel(element.channel_id));
    case 'link':
      return link(element.url, element.text);
    case 'emoji':
      return signNode(element.name) ?? `:${element.name}:`;
    case 'date':
      return formatDate(element.timestamp, element.format, names.now);
    default:
      return styled(element);
  }
}

function styled({ text, style = {} }) {
  let node = el('span', { class: 'kept' }, text);
  if (style.code) node = el('code', {}, node);
  if (style.bold) node = el('b', {}, node);
  if (style.italic) node = el('i', {}, node);
  return style.strike ? el('s', {}, node) : node;
}
