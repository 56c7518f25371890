import { blockNode } from './blocks.js';
import { formatTime } from './dates.js';
import { el, keyedList } from './dom.js';
import { mrkdwnNodes } from './mrkdwn.js';

/** Keeps a list of messages on the page. Gives a function that takes the messages to show. */
export function createMessageList(container, page, { withThreads }) {
  const update = keyedList(container, {
    keyOf: ({ message }) => message.ts,
    lookOf: ({ message, replies }) => [message, replies.map((reply) => reply.ts), page.user()],
    render: ({ message, replies }) => messageNode(message, replies, page),
  });
  let shownPlace;
  return (messages) => {
    const room = container.scrollHeight - container.scrollTop - container.clientHeight;
    const atEnd = room < 80 || shownPlace !== page.place();
    shownPlace = page.place();
    update(messages.map((message) => ({ message, replies: withThreads ? page.replies(message.ts) : [] })));
    if (atEnd) container.scrollTop = container.scrollHeight;
  };
}

function messageNode(message, replies, page) {
  const names = page.names();
  const author = names.author(message.author);
  const place = {
    names,
    press: (control, blockId, more) => page.deeds.press(message.ts, control, blockId, more),
  };
  return el(
    'article',
    {
      class: `message ${message.onlyFor ? 'ephemeral' : ''}`,
      'data-testid': 'message',
      'data-ts': message.ts,
      'aria-label': `${author.name} at ${formatTime(message.ts)}`,
    },
    message.onlyFor && el('p', { class: 'only-you' }, '● Only visible to you'),
    avatar(author),
    el(
      'div',
      { class: 'message-body' },
      el(
        'p',
        { class: 'message-head' },
        el('b', {}, author.name),
        author.isApp && el('span', { class: 'app-tag' }, 'APP'),
        el('time', {}, formatTime(message.ts)),
      ),
      contentNodes(message, place, names),
      message.edited && el('span', { class: 'edited' }, '(edited)'),
      replies.length > 0 && threadButton(message, replies, page),
    ),
  );
}

function contentNodes(message, place, names) {
  if (message.blocks.length === 0)
    return el('div', { class: 'block-text' }, mrkdwnNodes(message.text, names));
  return message.blocks.map((block) => blockNode(block, place));
}

/** A person's or the app's picture. */
export function avatar(author) {
  const tint = author.isApp ? 'app' : author.tint;
  return el(
    'span',
    { class: `avatar tint-${tint}`, 'aria-hidden': 'true' },
    author.isApp ? '⟳' : author.name[0],
  );
}

function threadButton(message, replies, page) {
  const last = replies.at(-1);
  const count = replies.length === 1 ? '1 reply' : `${replies.length} replies`;
  return el(
    'button',
    {
      type: 'button',
      class: 'thread-open',
      'data-testid': 'thread-open',
      onclick: () => page.openThread(message.ts),
    },
    avatar(page.names().author(last.author)),
    el('b', {}, count),
    el('span', {}, `Last reply ${formatTime(last.ts)}`),
  );
}
