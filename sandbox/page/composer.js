import { byId, el } from './dom.js';

const MOST_ROWS_PX = 140;

/** Wires the composer: Enter sends, a slash shows which commands there are. */
export function createComposer(page) {
  const [form, text, hints] = [byId('composer'), byId('composer-text'), byId('hints')];
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const line = text.value.trim();
    text.value = '';
    resize(text);
    drawHints(hints, text, page);
    if (line !== '') page.deeds.send(line);
  });
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hints.hidden = true;
    if (event.key === 'Tab' && !hints.hidden && !event.shiftKey && complete(text, page))
      event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  text.addEventListener('input', () => {
    resize(text);
    drawHints(hints, text, page);
  });
  // As in Slack, whoever arrives can type at once.
  text.focus();
  return () => {
    form.hidden = page.place() === 'home';
    text.placeholder = `Message ${page.placeName()}, or type / for commands`;
    drawHints(hints, text, page);
  };
}

function matching(text, page) {
  const typed = text.value;
  if (!typed.startsWith('/')) return [];
  return page.commands().filter(({ command, usage = '' }) => {
    const [word] = usage.split(' ');
    const whole = `${command} ${word}`.trimEnd();
    return whole.startsWith(typed.trimEnd()) || (usage !== '' && typed.startsWith(`${whole} `));
  });
}

function complete(text, page) {
  const [first] = matching(text, page);
  if (!first) return false;
  const [word = ''] = (first.usage ?? '').split(' ');
  text.value = `${first.command} ${word}`.trimEnd();
  return true;
}

function drawHints(hints, text, page) {
  const found = matching(text, page);
  hints.hidden = found.length === 0;
  hints.replaceChildren(
    ...found.map((hint) =>
      el(
        'button',
        { type: 'button', class: 'hint', onclick: () => choose(text, hints, hint) },
        el('b', {}, hint.command),
        ' ',
        el('code', {}, hint.usage ?? ''),
        el('span', {}, hint.description),
      ),
    ),
  );
}

function choose(text, hints, hint) {
  const [word = ''] = (hint.usage ?? '').split(' ');
  text.value = `${hint.command} ${word}`.trimEnd();
  hints.hidden = true;
  text.focus();
}

function resize(text) {
  text.style.height = 'auto';
  text.style.height = `${Math.min(text.scrollHeight, MOST_ROWS_PX)}px`;
}
