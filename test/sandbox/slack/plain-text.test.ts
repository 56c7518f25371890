import { mrkdwnText, plainText } from '../../../sandbox/slack/plain-text.ts';
import { channels, people, userGroups } from './setup.ts';
import {
  actions,
  button,
  cell,
  input,
  mrkdwn,
  option,
  plain,
  richText,
  section,
  select,
  table,
  textInput,
} from './validator/payloads.ts';

const directory = { people, channels, userGroups };

test.each([
  ['<@U_AYA> and <@U_NONE>', '@aya and @U_NONE'],
  ['from <!subteam^S_APP>', 'from @platform-approvers'],
  ['until <!date^1763646000^{time}|18:00 UTC>', 'until 18:00 UTC'],
  ['<https://example.com|the docs> and <https://example.com>', 'the docs and https://example.com'],
  ['in <#C_OPS>', 'in #ops'],
  ['*Waiting for approval* from', 'Waiting for approval from'],
  ['a_b_c and 2 * 3 * 4', 'a_b_c and 2 * 3 * 4'],
  ['&lt;b&gt; &amp;amp;', '<b> &amp;'],
])('reads %p as %p', (text, expected) => {
  expect(mrkdwnText(text, directory)).toBe(expected);
});

test('writes a whole message as lines', () => {
  const blocks = [
    { type: 'header', text: plain('New login') },
    { ...section('*Waiting*'), fields: [mrkdwn('a')], accessory: button() },
    { type: 'divider' },
    actions(button({ text: plain('Approve') }), select([option('x')], { initial_option: option('x') })),
    { type: 'context', elements: [mrkdwn('one'), plain('two')] },
    table([
      [cell('Task'), cell('Reason')],
      [
        { type: 'raw_number', value: 3 },
        richText({ type: 'rich_text_section', elements: [{ type: 'text', text: 'denied' }] }),
      ],
    ]),
    richText({
      type: 'rich_text_section',
      elements: [
        { type: 'user', user_id: 'U_AYA' },
        { type: 'text', text: ' hi' },
      ],
    }),
  ];
  expect(plainText(blocks, directory).split('\n')).toEqual([
    'New login',
    'Waiting',
    'a',
    '[Go]',
    '---',
    '[Approve] x',
    'one · two',
    'Task | Reason',
    '3 | denied',
    '@aya hi',
  ]);
});

test('writes inputs with their labels, hints and first values', () => {
  const blocks = [
    input(textInput, { hint: plain('Slack sees it.') }),
    input({ ...textInput, initial_value: 'pull' }),
  ];
  expect(plainText(blocks)).toBe('Field: ____\nSlack sees it.\nField: pull');
});

test('names a block it does not know', () => {
  expect(plainText([{ type: 'plan' }])).toBe('[plan]');
});
