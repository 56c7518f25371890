import { byId, el } from './dom.js';

const SHOWN_MS = { failure: 8000, note: 2000 };

/** Shows a failure for a while, or a note for a moment. */
export function toast(text, kind = 'failure') {
  const node = el(
    'div',
    { class: `toast ${kind}`, 'data-testid': 'toast' },
    el('span', {}, text),
    el(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': 'Dismiss', onclick: () => node.remove() },
      '×',
    ),
  );
  const toasts = byId('toasts');
  toasts.append(node);
  // Shown again so that it lies above a dialog opened since.
  if (toasts.matches(':popover-open')) toasts.hidePopover();
  toasts.showPopover();
  setTimeout(() => node.remove(), SHOWN_MS[kind]);
}
