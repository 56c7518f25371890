import { byId, el } from './dom.js';

/** What stands where nothing has been said yet. */
export function emptyNode(text, ...more) {
  return el('div', { class: 'empty', 'data-testid': 'empty' }, el('p', {}, text), more);
}

/** An empty channel: what to type first, and a button that types it. */
export function emptyChannelNode(page) {
  const [hint] = page.commands();
  const type = () => {
    const text = byId('composer-text');
    text.value = hint.command;
    text.focus();
  };
  return emptyNode(
    `Nothing has been said in ${page.placeName()} yet.`,
    hint &&
      el(
        'p',
        {},
        'Type ',
        el('button', { type: 'button', class: 'hint-command', onclick: type }, hint.command),
        ` and press Enter to ${hint.description}. The guide has stories to try.`,
      ),
  );
}
