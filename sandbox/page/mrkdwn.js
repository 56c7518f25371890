import { formatDate } from './dates.js';
import { el } from './dom.js';
import { signNode, withSigns } from './signs.js';

// One piece of markup at a time, in the order Slack gives them room: code first, nothing inside it is read.
const MARKUP =
  /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])|(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)|(?<!\w)~(?=\S)([^~\n]+?)(?<=\S)~(?!\w)|:([a-z0-9_+-]+):|\n/g;

/** The nodes of a text object. `names` knows people, groups and channels. */
export function textNodes(text, names) {
  if (!text) return [];
  return text.type === 'mrkdwn' ? mrkdwnNodes(text.text, names) : lines(withSigns(text.text));
}

/** The nodes of mrkdwn: quotes by line, everything else inside them. */
export function mrkdwnNodes(text, names) {
  const nodes = [];
  for (const [index, part] of text.split(/((?:^(?:>|&gt;) ?.*(?:\n|$))+)/m).entries()) {
    if (part === '') continue;
    if (index % 2 === 0) nodes.push(...inline(part, names));
    else
      nodes.push(el('blockquote', {}, inline(part.replace(/^(?:>|&gt;) ?/gm, '').replace(/\n$/, ''), names)));
  }
  return nodes;
}

function inline(text, names) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(MARKUP)) {
    nodes.push(unescaped(text.slice(end, match.index)), markup(match, names));
    end = match.index + match[0].length;
  }
  return [...nodes, unescaped(text.slice(end))];
}

function markup([all, block, code, angle, bold, italic, strike, emoji], names) {
  if (block) return el('pre', {}, unescaped(block.replace(/^\n|\n$/g, '')));
  if (code) return el('code', {}, unescaped(code));
  if (angle) return reference(angle, names);
  if (bold) return el('b', {}, inline(bold, names));
  if (italic) return el('i', {}, inline(italic, names));
  if (strike) return el('s', {}, inline(strike, names));
  if (emoji) return signNode(emoji) ?? all;
  return el('br');
}

function reference(angle, names) {
  const [target, label] = angle.split(/\|(.*)/s);
  if (target.startsWith('@')) return mention(names.person(target.slice(1)));
  if (target.startsWith('!subteam^')) return mention(names.group(target.slice('!subteam^'.length)));
  if (target.startsWith('#')) return mention(names.channel(target.slice(1)));
  if (target.startsWith('!date^')) return date(target, label, names);
  if (/^(https?|mailto):/.test(target)) return link(target, label);
  return `<${angle}>`;
}

/** A link that opens beside the page. */
export function link(url, label) {
  return el('a', { href: unescaped(url), target: '_blank', rel: 'noreferrer' }, unescaped(label ?? url));
}

/** The highlighted name of someone. */
export function mention(name) {
  return el('span', { class: 'mention' }, name);
}

function date(target, fallback, names) {
  const [, seconds, format = ''] = target.split('^');
  return el('time', { title: fallback }, formatDate(Number(seconds), format, names.now));
}

function lines(text) {
  return text.split('\n').flatMap((line, index) => (index === 0 ? [line] : [el('br'), line]));
}

function unescaped(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
