import { validateMessage } from '../../../../sandbox/slack/validator/validate.ts';
import {
  actions,
  button,
  cell,
  confirm,
  message,
  mrkdwn,
  option,
  plain,
  richText,
  section,
  select,
  table,
  textInput,
  times,
} from './payloads.ts';

const inline = (...elements: object[]) => richText({ type: 'rich_text_section', elements });

const refused: [string, object, string, RegExp][] = [
  [
    '26 buttons',
    message([actions(...times(26, (i) => button({ action_id: `a${i}` })))]),
    '/blocks/0/elements',
    /1 to 25/,
  ],
  ['no buttons', message([actions()]), '/blocks/0/elements', /1 to 25/],
  ['one action_id twice', message([actions(button(), button())]), '/blocks/0', /duplicate action_id: go/],
  [
    'one block_id twice',
    message([
      { ...section(), block_id: 'b' },
      { type: 'divider', block_id: 'b' },
    ]),
    '/blocks',
    /duplicate block_id: b/,
  ],
  ['a block_id of 256', message([{ ...section(), block_id: 'b'.repeat(256) }]), '/blocks/0/block_id', /255/],
  [
    'a button text of 76',
    message([actions(button({ text: plain('x'.repeat(76)) }))]),
    '/blocks/0/elements/0/text/text',
    /75/,
  ],
  [
    'mrkdwn on a button',
    message([actions(button({ text: mrkdwn('x') }))]),
    '/blocks/0/elements/0/text/type',
    /mrkdwn/,
  ],
  [
    'a button value of 2001',
    message([actions(button({ value: 'v'.repeat(2001) }))]),
    '/blocks/0/elements/0/value',
    /2000/,
  ],
  [
    'a button url of 3001',
    message([actions(button({ url: 'u'.repeat(3001) }))]),
    '/blocks/0/elements/0/url',
    /3000/,
  ],
  [
    'a label of 76',
    message([actions(button({ accessibility_label: 'a'.repeat(76) }))]),
    '/blocks/0/elements/0/accessibility_label',
    /75/,
  ],
  [
    'an unknown style',
    message([actions(button({ style: 'loud' }))]),
    '/blocks/0/elements/0/style',
    /primary, danger/,
  ],
  [
    'a button without an action_id',
    message([actions({ type: 'button', text: plain('x') })]),
    '/blocks/0/elements/0/action_id',
    /missing/,
  ],
  [
    'a misspelt property',
    message([actions(button({ valeu: 'x' }))]),
    '/blocks/0/elements/0',
    /additional property: valeu/,
  ],
  [
    'a confirm title of 101',
    message([actions(button({ confirm: confirm({ title: plain('t'.repeat(101)) }) }))]),
    '/blocks/0/elements/0/confirm/title/text',
    /100/,
  ],
  [
    'a confirm text of 301',
    message([actions(button({ confirm: confirm({ text: mrkdwn('t'.repeat(301)) }) }))]),
    '/blocks/0/elements/0/confirm/text/text',
    /300/,
  ],
  [
    'a confirm button of 31',
    message([actions(button({ confirm: confirm({ confirm: plain('t'.repeat(31)) }) }))]),
    '/blocks/0/elements/0/confirm/confirm/text',
    /30/,
  ],
  [
    'a deny button of 31',
    message([actions(button({ confirm: confirm({ deny: plain('t'.repeat(31)) }) }))]),
    '/blocks/0/elements/0/confirm/deny/text',
    /30/,
  ],
  [
    'a multi-select in actions',
    message([actions({ ...select([option('a')]), type: 'multi_static_select' })]),
    '/blocks/0/elements/0/type',
    /not allowed/,
  ],
  ['a text input in actions', message([actions(textInput)]), '/blocks/0/elements/0/type', /plain_text_input/],
  [
    '6 overflow options',
    message([actions({ type: 'overflow', action_id: 'o', options: times(6, (i) => option(`${i}`)) })]),
    '/blocks/0/elements/0/options',
    /1 to 5/,
  ],
  ['two tables', message([table([[cell('a')]]), table([[cell('a')]])]), '/blocks', /one table/],
  ['101 rows', message([table(times(101, () => [cell('a')]))]), '/blocks/0/rows', /1 to 100/],
  ['21 cells', message([table([times(21, () => cell('a'))])]), '/blocks/0/rows/0', /1 to 20/],
  ['an empty cell', message([table([[cell('')]])]), '/blocks/0/rows/0/0/text', /empty/],
  ['mrkdwn in a cell', message([table([[mrkdwn('x')]])]), '/blocks/0/rows/0/0/type', /mrkdwn/],
  [
    'a table of 10,001 characters',
    message([table([[cell('a'.repeat(5000)), cell('b'.repeat(5001))]])]),
    '/blocks',
    /10000 characters in a table/,
  ],
  [
    'blocks of 10,001 characters',
    message(times(5, () => section('s'.repeat(2001)))),
    '/blocks',
    /10000 characters \(got 10005\)/,
  ],
  [
    'a broadcast in rich text',
    message([inline({ type: 'broadcast', range: 'here' })]),
    '/blocks/0/elements/0/elements/0/type',
    /broadcast/,
  ],
  [
    'an unknown part of rich text',
    message([richText({ type: 'rich_text_poem', elements: [] })]),
    '/blocks/0/elements/0/type',
    /rich_text_poem/,
  ],
];

test.each(refused)('refuses %s', (_what, payload, pointer, why) => {
  expect(validateMessage(payload)).toContainEqual(
    expect.objectContaining({ pointer, message: expect.stringMatching(why) }),
  );
});
