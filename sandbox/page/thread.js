import { byId, el } from './dom.js';
import { createMessageList } from './messages.js';

/** Keeps the pane with a thread's messages. */
export function createThread(page) {
  const pane = byId('thread');
  const list = el('div', {
    class: 'messages',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': 'Thread',
    tabindex: '0',
  });
  const update = createMessageList(list, page, { withThreads: false });
  const form = replyForm(page);
  pane.append(
    el(
      'div',
      { class: 'side-head' },
      el('h2', {}, 'Thread'),
      el(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Close thread',
          'data-testid': 'thread-close',
          onclick: () => page.openThread(undefined),
        },
        '×',
      ),
    ),
    list,
    form,
  );
  return () => {
    const messages = page.threadMessages();
    pane.hidden = messages.length === 0;
    document.body.classList.toggle('has-thread', !pane.hidden);
    update(messages);
  };
}

function replyForm(page) {
  const input = el('input', {
    class: 'text-input',
    'aria-label': 'Reply',
    placeholder: 'Reply…',
    autocomplete: 'off',
  });
  return el(
    'form',
    {
      class: 'reply',
      onsubmit: (event) => {
        event.preventDefault();
        if (input.value.trim()) page.deeds.reply(input.value.trim());
        input.value = '';
      },
    },
    input,
  );
}
