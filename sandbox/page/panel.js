import { byId, el } from './dom.js';
import { mrkdwnNodes } from './mrkdwn.js';
import { act, fetchExtras } from './server.js';
import { toast } from './toasts.js';

/** Draws the guide and the knobs, from what the sandbox gave. */
export function drawPanel(extras, names) {
  // What a person does stands first, what they may read once comes last.
  const { todo = [], background = [] } = Object.groupBy(extras.help, ({ text }) =>
    text ? 'background' : 'todo',
  );
  byId('panel').replaceChildren(
    el('div', { class: 'side-head' }, el('h2', {}, 'Guide')),
    el(
      'div',
      { class: 'panel-body', tabindex: '0' },
      todo.map((section) => sectionNode(section, names)),
      extras.knobs.length > 0 && el('div', { id: 'knobs' }, knobNodes(extras.knobs)),
      background.map((section) => sectionNode(section, names)),
    ),
  );
}

function sectionNode({ title, text, table, stories }, names) {
  return el(
    'section',
    { class: 'help' },
    el('h3', {}, title),
    text && el('p', {}, mrkdwnNodes(text, names)),
    table && (table.copyColumn === undefined ? tableNode(table, names) : copyList(table, names)),
    stories?.map((story, index) =>
      el(
        'details',
        { open: index === 0 },
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

function tableNode({ columns, rows }, names) {
  const head = columns.map((column) => el('th', { scope: 'col' }, column));
  const rowNode = (row) =>
    el(
      'tr',
      {},
      row.map((text) => el('td', {}, mrkdwnNodes(text, names))),
    );
  return el('table', {}, el('thead', {}, el('tr', {}, head)), el('tbody', {}, rows.map(rowNode)));
}

/** Something to copy needs the whole width: the rest of its row stands above it. */
function copyList({ rows, copyColumn }, names) {
  return el(
    'ul',
    { class: 'copies' },
    rows.map((row) =>
      el(
        'li',
        {},
        row.filter((_, index) => index !== copyColumn).map((text) => el('p', {}, mrkdwnNodes(text, names))),
        copyButton(row[copyColumn]),
      ),
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
