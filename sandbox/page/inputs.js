import { el } from './dom.js';
import { textNodes } from './mrkdwn.js';
import { withSigns } from './signs.js';

/** An input block of a modal: label, input, hint and room for an error. */
export function inputNode(block, place) {
  const { element } = block;
  const id = `input-${block.block_id}`;
  const grouped = ['radio_buttons', 'checkboxes', 'multi_static_select'].includes(element.type);
  const described = `${block.hint ? `${id}-hint ` : ''}${id}-error`;
  const control =
    element.type === 'plain_text_input'
      ? textInput(element, { id, described, ...entryOf(block, place) })
      : choiceNodes(element, {
          id,
          described,
          name: id,
          label: block.label.text,
          people: place.names.people,
          show: (text) => textNodes(text, place.names),
          ...entryOf(block, place),
        });
  return el(
    'div',
    { class: 'field', 'data-testid': `field-${block.block_id}`, 'data-block': block.block_id },
    el(grouped ? 'div' : 'label', { class: 'field-label', for: grouped ? undefined : id }, labelText(block)),
    control,
    block.hint && el('p', { class: 'field-hint', id: `${id}-hint` }, withSigns(block.hint.text)),
    el('p', { class: 'field-error', id: `${id}-error`, role: 'alert' }),
  );
}

function labelText({ label, optional }) {
  return [withSigns(label.text), optional && el('span', { class: 'optional' }, ' (optional)')];
}

/** What an input holds now and what to do when that changes. */
function entryOf(block, place) {
  const { element } = block;
  return {
    chosen: place.chosen(block, element),
    choose(entry) {
      place.form.enter(block, element, entry);
      if (block.dispatch_action && element.type !== 'plain_text_input')
        place.press(element, block.block_id, { entry });
    },
  };
}

function textInput(element, { id, described, chosen, choose }) {
  const input = el(element.multiline ? 'textarea' : 'input', {
    id,
    class: 'text-input',
    type: element.multiline ? undefined : 'text',
    rows: element.multiline ? '4' : undefined,
    placeholder: element.placeholder?.text,
    maxlength: element.max_length,
    'aria-describedby': described,
    autocomplete: 'off',
    spellcheck: 'false',
    autofocus: element.focus_on_load,
    oninput: (event) => choose(event.currentTarget.value),
  });
  input.value = chosen ?? '';
  return input;
}

/** A menu, radio buttons or checkboxes. `chosen` is a value, or a list of values where several may be chosen. */
export function choiceNodes(element, { id, described, name, label, chosen, people, choose, show }) {
  switch (element.type) {
    case 'radio_buttons':
    case 'checkboxes':
      return boxes(element, { described, name, label, chosen, choose, show });
    case 'multi_static_select':
      return boxes(
        { ...element, options: allOptions(element) },
        { described, name, label, chosen, choose, show },
      );
    case 'users_select':
      return menu(element, { id, described, label, chosen, choose }, people.map(personOption));
    default:
      return menu(element, { id, described, label, chosen, choose }, allOptions(element));
  }
}

function allOptions({ options = [], option_groups: groups = [] }) {
  return [...options, ...groups.flatMap((group) => group.options)];
}

function personOption(person) {
  return { value: person.id, text: { type: 'plain_text', text: person.realName } };
}

function menu(element, { id, described, label, chosen, choose }, options) {
  return el(
    'select',
    {
      id,
      class: 'text-input',
      'aria-describedby': described,
      'aria-label': id ? undefined : label,
      onchange: (event) => choose(event.currentTarget.value || null),
    },
    el('option', { value: '', selected: !chosen }, element.placeholder?.text ?? 'Choose an option'),
    options.map((option) =>
      el('option', { value: option.value, selected: option.value === chosen }, withSigns(option.text.text)),
    ),
  );
}

function boxes(element, { described, name, label, chosen, choose, show }) {
  const single = element.type === 'radio_buttons';
  const isChosen = (value) => (single ? chosen === value : (chosen ?? []).includes(value));
  const group = el('div', {
    class: `choices ${element.type === 'multi_static_select' ? 'framed' : ''}`,
    role: single ? 'radiogroup' : 'group',
    'aria-label': label,
    'aria-describedby': described,
    onchange: () => {
      const values = [...group.querySelectorAll('input:checked')].map((input) => input.value);
      choose(single ? (values[0] ?? null) : values);
    },
  });
  group.append(
    ...element.options.map((option) => box(option, { single, name, checked: isChosen(option.value), show })),
  );
  return group;
}

function box(option, { single, name, checked, show }) {
  return el(
    'label',
    { class: 'choice' },
    el('input', { type: single ? 'radio' : 'checkbox', name, value: option.value, checked }),
    el(
      'span',
      {},
      show(option.text),
      option.description && el('span', { class: 'choice-note' }, show(option.description)),
    ),
  );
}
