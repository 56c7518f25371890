import { validateView } from '../../../../sandbox/slack/validator/validate.ts';
import { input, modal, mrkdwn, option, plain, section, select, table, textInput, times } from './payloads.ts';

const choices = (type: string, count: number, more: object = {}) => ({
  type,
  action_id: 'v',
  options: times(count, (index) => option(`o${index}`)),
  ...more,
});

const accepted: [string, object][] = [
  ['a title of 24', modal([section()], { title: plain('t'.repeat(24)) })],
  ['no submit without an input', modal([section()], { submit: undefined })],
  [
    'every input',
    modal([
      input(textInput, { block_id: 'a', hint: plain('hint'), optional: true }),
      input({ ...textInput, multiline: true, max_length: 3000 }, { block_id: 'b' }),
      input(select([option('x')], { initial_option: option('x') }), { block_id: 'c' }),
      input(choices('multi_static_select', 2), { block_id: 'd' }),
      input(choices('radio_buttons', 10), { block_id: 'e', dispatch_action: true }),
      input(choices('checkboxes', 10, { initial_options: [option('o1')] }), { block_id: 'f' }),
      input({ type: 'users_select', action_id: 'v' }, { block_id: 'g' }),
    ]),
  ],
  [
    'option groups',
    modal([
      input({
        type: 'static_select',
        action_id: 'v',
        option_groups: [{ label: plain('g'), options: [option('x')] }],
        initial_option: option('x'),
      }),
    ]),
  ],
  ['100 blocks', modal(times(100, () => section()))],
  ['private metadata of 3000', modal([section()], { private_metadata: 'p'.repeat(3000) })],
  ['a home view', { type: 'home', blocks: [section()] }],
];

test.each(accepted)('accepts %s', (_what, view) => {
  expect(validateView(view)).toEqual([]);
});

const refused: [string, object, string, RegExp][] = [
  ['an unknown view', { type: 'workflow_step', blocks: [] }, '/type', /workflow_step/],
  ['no title', { type: 'modal', blocks: [] }, '/title', /missing/],
  ['a title of 25', modal([], { title: plain('t'.repeat(25)) }), '/title/text', /24/],
  ['a submit of 25', modal([], { submit: plain('t'.repeat(25)) }), '/submit/text', /24/],
  ['a close of 25', modal([], { close: plain('t'.repeat(25)) }), '/close/text', /24/],
  ['mrkdwn in a title', modal([], { title: mrkdwn('t') }), '/title/type', /mrkdwn/],
  ['an input without submit', modal([input(textInput)], { submit: undefined }), '/submit', /submit button/],
  [
    'a title on a home view',
    { type: 'home', title: plain('x'), blocks: [] },
    '',
    /additional property: title/,
  ],
  ['101 blocks', modal(times(101, () => section())), '/blocks', /no more than 100/],
  ['no blocks', modal(undefined as unknown as object[]), '/blocks', /list/],
  [
    'private metadata of 3001',
    modal([], { private_metadata: 'p'.repeat(3001) }),
    '/private_metadata',
    /3000/,
  ],
  ['a callback_id of 256', modal([], { callback_id: 'c'.repeat(256) }), '/callback_id', /255/],
  ['a view of more than 250 KB', modal(times(100, () => section('s'.repeat(2600)))), '', /256000 bytes/],
  [
    'a table',
    modal([table([[{ type: 'raw_text', text: 'a' }]])]),
    '/blocks/0/type',
    /unsupported type: table/,
  ],
  ['rich text', modal([{ type: 'rich_text', elements: [] }]), '/blocks/0/type', /rich_text/],
  [
    'a label of 2001',
    modal([input(textInput, { label: plain('l'.repeat(2001)) })]),
    '/blocks/0/label/text',
    /2000/,
  ],
  [
    'a hint of 2001',
    modal([input(textInput, { hint: plain('h'.repeat(2001)) })]),
    '/blocks/0/hint/text',
    /2000/,
  ],
  [
    'an input without an element',
    modal([{ type: 'input', label: plain('x') }]),
    '/blocks/0/element',
    /missing/,
  ],
  [
    'a button as an input',
    modal([input({ type: 'button', action_id: 'v', text: plain('x') })]),
    '/blocks/0/element/type',
    /button/,
  ],
  [
    'a placeholder of 151',
    modal([input({ ...textInput, placeholder: plain('p'.repeat(151)) })]),
    '/blocks/0/element/placeholder/text',
    /150/,
  ],
  [
    'a max_length of 3001',
    modal([input({ ...textInput, max_length: 3001 })]),
    '/blocks/0/element/max_length',
    /3000/,
  ],
  ['101 options', modal([input(choices('static_select', 101))]), '/blocks/0/element/options', /1 to 100/],
  [
    'no options at all',
    modal([input({ type: 'static_select', action_id: 'v' })]),
    '/blocks/0/element',
    /options or option_groups/,
  ],
  ['11 radio buttons', modal([input(choices('radio_buttons', 11))]), '/blocks/0/element/options', /1 to 10/],
  ['11 checkboxes', modal([input(choices('checkboxes', 11))]), '/blocks/0/element/options', /1 to 10/],
  [
    'an option text of 76',
    modal([input(select([{ text: plain('x'.repeat(76)), value: 'x' }]))]),
    '/blocks/0/element/options/0/text/text',
    /75/,
  ],
  [
    'an option value of 76',
    modal([input(select([{ text: plain('x'), value: 'x'.repeat(76) }]))]),
    '/blocks/0/element/options/0/value',
    /75/,
  ],
  [
    'an option description of 76',
    modal([input(select([{ ...option('x'), description: plain('x'.repeat(76)) }]))]),
    '/blocks/0/element/options/0/description/text',
    /75/,
  ],
  [
    'mrkdwn in a select option',
    modal([input(select([{ text: mrkdwn('x'), value: 'x' }]))]),
    '/blocks/0/element/options/0/text/type',
    /mrkdwn/,
  ],
  [
    'two options with one value',
    modal([input(select([option('x'), option('x')]))]),
    '/blocks/0/element/options',
    /same value/,
  ],
  [
    'an initial option that is not there',
    modal([input(select([option('x')], { initial_option: option('y') }))]),
    '/blocks/0/element',
    /not among/,
  ],
  [
    'an initial option with another text',
    modal([input(select([option('x')], { initial_option: { ...option('x'), text: plain('z') } }))]),
    '/blocks/0/element',
    /not among/,
  ],
  [
    'two elements with focus',
    modal([
      input({ ...textInput, focus_on_load: true }),
      input({ ...textInput, focus_on_load: true }, { block_id: 'b' }),
    ]),
    '/blocks',
    /focus_on_load/,
  ],
];

test.each(refused)('refuses %s', (_what, view, pointer, why) => {
  expect(validateView(view)).toContainEqual(
    expect.objectContaining({ pointer, message: expect.stringMatching(why) }),
  );
});

test('names the error Slack has for a view that is too large', () => {
  const view = modal(times(100, () => section('s'.repeat(2600))));
  expect(validateView(view).map((problem) => problem.error)).toContain('view_too_large');
});
