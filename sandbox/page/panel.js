import { byId, el } from './dom.js';
import { mrkdwnNodes } from './mrkdwn.js';
import { act, fetchExtras } from './server.js';
import { toast } from './toasts.js';

/** Draws the guide and the knobs, from what the sandbox gave. */
export function drawPanel(extras, names) {
  byId('panel').replaceChildren(
    el('div', { class: 'side-head' }, el('h2', {}, 'Guide')),
    el(
      'div',
      { class: 'panel-body', tabindex: '0' },
      extras.help.map((section) => sectionNode(section, names)),
      extras.knobs.length > 0 && el('div', { id: 'knobs' }, knobNodes(extras.knobs)),
    ),
  );
}

function sectionNode({ title, text, table, stories }, names) {
  return el(
    'section',
    { class: 'help' },
    el('h3', {}, title),
    text && el('p', {}, mrkdwnNodes(text, names)),
    table && tableNode(table, names),
    stories?.map((story) =>
      el(
        'details',
        {},
        el('summary', {}, story.title),
        el(
          'ol',
          {},
          story.steps.map((step) => el('li', {}, mrkdwnNodes(step, names))),
        ),
      ),
    ),
  );
}

function tableNode({ columns, rows, copyColumn }, names) {
  const cell = (text, index) =>
    el('td', {}, index === copyColumn ? copyButton(text) : mrkdwnNodes(text, names));
  return el(
    'table',
    {},
    el(
      'thead',
      {},
      el(
        'tr',
        {},
        columns.map((column) => el('th', { scope: 'col' }, column)),
      ),
    ),
    el(
      'tbody',
      {},
      rows.map((row) => el('tr', {}, row.map(cell))),
    ),
  );
}

function copyButton(text) {
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast('Copied.', 'note');
  };
  return el(
    'button',
    { type: 'button', class: 'copy', title: 'Copy', 'aria-label': `Copy ${text}`, onclick: copy },
    text,
  );
}

function knobNodes(knobs) {
  const groups = Map.groupBy(knobs, (knob) => knob.group);
  return [
    el('h3', { class: 'knobs-title' }, 'Break it'),
    ...[...groups].map(([group, members]) =>
      el('fieldset', { class: 'knob-group' }, el('legend', {}, group), members.map(knobNode)),
    ),
  ];
}

function knobNode(knob) {
  const turned = (value) => turn(knob.id, value);
  const attributes = { 'data-testid': `knob-${knob.id}`, title: knob.hint };
  if (knob.kind === 'button')
    return el(
      'button',
      { type: 'button', class: 'button knob', ...attributes, onclick: () => turned(true) },
      knob.label,
    );
  const input =
    knob.kind === 'toggle'
      ? el('input', { type: 'checkbox', role: 'switch', checked: knob.value === true, ...attributes })
      : el('input', { type: 'number', min: '0', value: knob.value ?? 0, ...attributes });
  input.addEventListener('change', () =>
    turned(knob.kind === 'toggle' ? input.checked : Number(input.value)),
  );
  return el('label', { class: `knob ${knob.kind}` }, el('span', {}, knob.label), input);
}

async function turn(id, value) {
  const answer = await act('knob', { id, value });
  if (answer.kind === 'impossible') toast(answer.error);
  const { knobs } = await fetchExtras();
  byId('knobs')?.replaceChildren(...knobNodes(knobs));
}
