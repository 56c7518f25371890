import { blockNode } from './blocks.js';
import { byId, el } from './dom.js';
import { entryKey, entryOfState } from './entries.js';
import { withSigns } from './signs.js';

/** Shows the modal a person has in front; `page` gives names, entries and what can be done. */
export function createModal(page) {
  const box = byId('modal');
  let shownAs = '';
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !box.open || byId('confirm').open) return;
    event.preventDefault();
    page.deeds.closeView(page.front(), false);
  });
  return () => {
    const front = page.front();
    const look = front ? `${page.user()} ${front.id} ${front.hash}` : '';
    if (look === shownAs) return;
    const sameView = front && shownAs.startsWith(`${page.user()} ${front.id} `);
    shownAs = look;
    if (!front) return hide(box);
    const scrolled = sameView ? box.querySelector('.modal-body')?.scrollTop : 0;
    const focused = sameView ? document.activeElement?.id : '';
    box.replaceChildren(formNode(front, page));
    if (!box.open) show(box);
    box.querySelector('.modal-body').scrollTop = scrolled ?? 0;
    focusFirst(box, focused);
  };
}

/**
 * A modal to everything but the guide: that is no part of Slack, and a newcomer copies from it what the form asks
 * for. So it is not opened by showModal(), which makes the whole page unreachable.
 */
function show(box) {
  // Before anything is inert: the dialog remembers where the focus was.
  box.show();
  cover(true);
}

function hide(box) {
  cover(false);
  box.close();
}

function cover(isCovered) {
  document.body.classList.toggle('has-modal', isCovered);
  for (const part of document.querySelectorAll('.top, .status, .sidebar, .main, .thread'))
    part.inert = isCovered;
}

function focusFirst(box, focused) {
  const before = focused && box.querySelector(`#${CSS.escape(focused)}`);
  const inputs =
    '[autofocus], .modal-body input, .modal-body select, .modal-body textarea, .modal-foot .button';
  (before || box.querySelector('[autofocus]') || box.querySelector(inputs))?.focus();
}

function formNode(front, page) {
  const { view } = front;
  const place = {
    names: page.names(),
    form: { enter: (block, control, entry) => page.entries.enter(front.id, entryKey(block, control), entry) },
    chosen: (block, control) => {
      const typed = page.entries.get(front.id, entryKey(block, control));
      return typed === undefined ? entryOfState(front.values[block.block_id]?.[control.action_id]) : typed;
    },
    press: (control, blockId, more) =>
      page.deeds.press(front.id, control, blockId, more, page.entries.of(front)),
  };
  const form = el(
    'form',
    { novalidate: true, 'data-view': front.id, onsubmit: (event) => submit(event, front, page) },
    headNode(front, page),
    el(
      'div',
      { class: 'modal-body' },
      view.blocks.map((block) => blockNode(block, place)),
      el('p', { class: 'modal-error', role: 'alert', 'data-testid': 'modal-error' }),
    ),
    footNode(front, page),
  );
  return form;
}

function headNode(front, page) {
  return el(
    'div',
    { class: 'modal-head' },
    page.depth() > 1 && iconButton('←', 'Back', 'modal-back', () => page.deeds.closeView(front, false)),
    el('h2', { id: 'modal-title' }, withSigns(front.view.title.text)),
    iconButton('×', 'Close', 'modal-close', () => page.deeds.closeView(front, true)),
  );
}

function footNode(front, page) {
  const { submit: submitText, close } = front.view;
  return el(
    'div',
    { class: 'modal-foot' },
    el(
      'button',
      {
        type: 'button',
        class: 'button',
        'data-testid': 'cancel',
        onclick: () => page.deeds.closeView(front, false),
      },
      close?.text ?? (submitText ? 'Cancel' : 'Close'),
    ),
    submitText &&
      el('button', { type: 'submit', class: 'button primary', 'data-testid': 'submit' }, submitText.text),
  );
}

function iconButton(sign, label, testId, onclick) {
  return el(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, 'data-testid': testId, onclick },
    sign,
  );
}

async function submit(event, front, page) {
  event.preventDefault();
  const form = event.currentTarget;
  const button = form.querySelector('[data-testid="submit"]');
  if (!button || button.disabled) return;
  showErrors(form, {});
  button.disabled = true;
  button.classList.add('busy');
  const outcome = await page.deeds.submit(front, page.entries.of(front));
  button.disabled = false;
  button.classList.remove('busy');
  if (outcome.kind === 'errors') showErrors(form, outcome.errors);
  if (outcome.kind === 'failed') showFailure(form, outcome.error);
  if (outcome.kind === 'impossible') showFailure(form, outcome.error);
}

function showErrors(form, errors) {
  form.querySelector('.modal-error').textContent = '';
  const fields = [...form.querySelectorAll('.field')];
  for (const field of fields) {
    const error = errors[field.dataset.block] ?? '';
    field.classList.toggle('wrong', error !== '');
    field.querySelector('.field-error').textContent = error;
    for (const input of field.querySelectorAll('.text-input'))
      input.setAttribute('aria-invalid', String(error !== ''));
  }
  fields
    .find((field) => field.classList.contains('wrong'))
    ?.querySelector('input, select, textarea')
    ?.focus();
}

/** Slack's own banner, with the reason it keeps to itself. */
function showFailure(form, error) {
  form.querySelector('.modal-error').textContent = `We had some trouble connecting. Try again? (${error})`;
}
