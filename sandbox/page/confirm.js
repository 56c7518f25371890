import { byId, el } from './dom.js';
import { textNodes } from './mrkdwn.js';

/** Shows a confirm dialog and resolves to what the person pressed. */
export function confirmed(dialog, names) {
  const box = byId('confirm');
  return new Promise((resolve) => {
    const finish = (answer) => {
      box.close();
      resolve(answer);
    };
    const button = (text, kind, testId, answer) =>
      el(
        'button',
        { type: 'button', class: `button ${kind}`, 'data-testid': testId, onclick: () => finish(answer) },
        text,
      );
    box.replaceChildren(
      el('h2', { id: 'confirm-title', class: 'modal-head' }, textNodes(dialog.title, names)),
      el('div', { class: 'modal-body' }, textNodes(dialog.text, names)),
      el(
        'div',
        { class: 'modal-foot' },
        button(dialog.deny.text, '', 'confirm-deny', false),
        button(dialog.confirm.text, dialog.style ?? 'primary', 'confirm-ok', true),
      ),
    );
    box.oncancel = () => resolve(false);
    box.showModal();
    box.querySelector('[data-testid="confirm-ok"]').focus();
  });
}
