import { confirmed } from './confirm.js';
import { el } from './dom.js';
import { choiceNodes } from './inputs.js';
import { textNodes } from './mrkdwn.js';
import { withSigns } from './signs.js';

/** A button, or a menu that acts as soon as something is chosen. */
export function controlNode(control, block, place) {
  switch (control.type) {
    case 'button':
      return buttonNode(control, block, place);
    case 'overflow':
      return menuNode(control, block, place, '⋯');
    case 'static_select':
      return menuNode(control, block, place, control.placeholder?.text ?? 'Choose');
    default:
      return choiceNodes(control, {
        name: `${block.block_id}-${control.action_id}`,
        label: control.placeholder?.text ?? control.action_id,
        chosen: place.chosen?.(block, control),
        people: place.names.people,
        choose: (entry) => place.press(control, block.block_id, { entry }),
        show: (text) => textNodes(text, place.names),
      });
  }
}

function buttonNode(control, block, place) {
  const press = async (event) => {
    const button = event.currentTarget;
    if (control.url) window.open(control.url, '_blank', 'noreferrer');
    if (control.confirm && !(await confirmed(control.confirm, place.names))) return;
    button.classList.add('busy');
    button.disabled = true;
    await place.press(control, block.block_id, {});
    button.classList.remove('busy');
    button.disabled = false;
  };
  return el(
    'button',
    {
      type: 'button',
      class: `button ${control.style ?? ''}`,
      'aria-label': control.accessibility_label,
      'data-testid': `action-${control.action_id}`,
      'data-focus': `${block.block_id}/${control.action_id}`,
      onclick: press,
    },
    withSigns(control.text.text),
  );
}

function menuNode(control, block, place, label) {
  const options = [
    ...(control.options ?? []),
    ...(control.option_groups ?? []).flatMap((group) => group.options),
  ];
  const chosen = place.chosen?.(block, control) ?? control.initial_option?.value;
  const choose = async (event) => {
    const menu = event.currentTarget;
    const entry = menu.value;
    if (control.type === 'overflow') menu.value = '';
    if (!control.confirm || (await confirmed(control.confirm, place.names)))
      await place.press(control, block.block_id, { entry });
  };
  return el(
    'select',
    {
      class: `button menu ${control.type}`,
      'aria-label': control.type === 'overflow' ? 'More actions' : label,
      'data-testid': `action-${control.action_id}`,
      'data-focus': `${block.block_id}/${control.action_id}`,
      onchange: choose,
    },
    el(
      'option',
      { value: '', disabled: control.type !== 'overflow', hidden: true, selected: !chosen },
      label,
    ),
    options.map((option) =>
      el('option', { value: option.value, selected: option.value === chosen }, withSigns(option.text.text)),
    ),
  );
}
