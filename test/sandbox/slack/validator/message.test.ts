import { validateMessage } from '../../../../sandbox/slack/validator/validate.ts';
import {
  actions,
  button,
  cell,
  confirm,
  input,
  message,
  mrkdwn,
  plain,
  richText,
  section,
  table,
  textInput,
  times,
} from './payloads.ts';

const header = (text: string) => ({ type: 'header', text: plain(text) });
const inline = (...elements: object[]) => richText({ type: 'rich_text_section', elements });

const accepted: [string, object][] = [
  ['text alone', { channel: 'C1', text: 'hello' }],
  ['a header of 150', message([header('h'.repeat(150))])],
  ['a section of 3000', message([section('s'.repeat(3000))])],
  ['a section with fields only', message([{ type: 'section', fields: [mrkdwn('a'), plain('b')] }])],
  ['50 blocks', message(times(50, () => ({ type: 'divider' })))],
  ['a button with a confirm dialog', message([actions(button({ style: 'danger', confirm: confirm() }))])],
  ['an accessory', message([{ ...section(), accessory: button() }])],
  ['the same action_id in two blocks', message([actions(button()), actions(button())])],
  [
    'a table',
    message([
      table([
        [cell('Task'), cell('Reason')],
        [cell('a'), inline({ type: 'text', text: 'b' })],
      ]),
    ]),
  ],
  ['text after escaping', message([section('&lt;!channel&gt;')])],
  [
    'rich text',
    message([inline({ type: 'text', text: 'x', style: { code: true } }, { type: 'user', user_id: 'U1' })]),
  ],
  [
    'a list in rich text',
    message([
      richText({
        type: 'rich_text_list',
        style: 'bullet',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'one' }] }],
      }),
    ]),
  ],
];

test.each(accepted)('accepts %s', (_what, payload) => {
  expect(validateMessage(payload)).toEqual([]);
});

const refused: [string, object, string, RegExp][] = [
  ['no text', { blocks: [section()] }, '/text', /needs its text/],
  ['blank text', message([], ' '), '/text', /needs its text/],
  ['text of 4001', message([], 'x'.repeat(4001)), '/text', /4000/],
  ['text that calls a channel', message([], 'hi <!channel>'), '/text', /whole channel/],
  ['attachments', { text: 'x', attachments: [] }, '/attachments', /not used/],
  ['blocks that are no list', { text: 'x', blocks: {} }, '/blocks', /list/],
  ['51 blocks', message(times(51, () => ({ type: 'divider' }))), '/blocks', /no more than 50/],
  ['an unknown block', message([{ type: 'plan' }]), '/blocks/0/type', /unsupported type: plan/],
  ['a type from Object.prototype', message([{ type: 'toString' }]), '/blocks/0/type', /unsupported/],
  ['a block that is a string', message(['x' as unknown as object]), '/blocks/0', /object/],
  ['an input block', message([input(textInput)]), '/blocks/0/type', /unsupported type: input/],
  [
    'a header of 151',
    message([header('h'.repeat(151))]),
    '/blocks/0/text/text',
    /150 characters \(got 151\)/,
  ],
  ['76 emoji in a header', message([header('🔑'.repeat(76))]), '/blocks/0/text/text', /got 152/],
  ['mrkdwn in a header', message([{ type: 'header', text: mrkdwn('x') }]), '/blocks/0/text/type', /mrkdwn/],
  ['an empty header', message([header('')]), '/blocks/0/text/text', /empty/],
  ['a section of 3001', message([section('s'.repeat(3001))]), '/blocks/0/text/text', /3000/],
  ['a section with neither text nor fields', message([{ type: 'section' }]), '/blocks/0', /text or fields/],
  [
    '11 fields',
    message([{ type: 'section', fields: times(11, () => mrkdwn('x')) }]),
    '/blocks/0/fields',
    /1 to 10/,
  ],
  [
    'a field of 2001',
    message([{ type: 'section', fields: [mrkdwn('f'.repeat(2001))] }]),
    '/blocks/0/fields/0/text',
    /2000/,
  ],
  [
    'a section that calls everyone',
    message([section('<!everyone>')]),
    '/blocks/0/text/text',
    /whole channel/,
  ],
  [
    'a section that calls here with a label',
    message([section('<!here|x>')]),
    '/blocks/0/text/text',
    /whole channel/,
  ],
  [
    '11 context elements',
    message([{ type: 'context', elements: times(11, () => mrkdwn('x')) }]),
    '/blocks/0/elements',
    /1 to 10/,
  ],
  [
    'a button in a context',
    message([{ type: 'context', elements: [button()] }]),
    '/blocks/0/elements/0/type',
    /button/,
  ],
];

test.each(refused)('refuses %s', (_what, payload, pointer, why) => {
  expect(validateMessage(payload)).toContainEqual(
    expect.objectContaining({ pointer, message: expect.stringMatching(why) }),
  );
});

test('names the error Slack has for a size', () => {
  const errors = (payload: object) => validateMessage(payload).map((problem) => problem.error);
  expect(errors({ blocks: [] })).toEqual(['no_text']);
  expect(errors(message([], 'x'.repeat(4001)))).toEqual(['msg_too_long']);
  expect(errors(message([table([[cell('a')]]), table([[cell('a')]])]))).toEqual(['only_one_table_allowed']);
  expect(errors(message(times(5, () => section('s'.repeat(2001)))))).toEqual(['msg_blocks_too_long']);
});

test('refuses what is no message at all', () => {
  expect(validateMessage('hello')).toHaveLength(1);
  expect(validateMessage(null)).toHaveLength(1);
});
