import { encodeButtonValue, parseButtonValue } from '../../src/slack/button-value.ts';
import { clipMrkdwn, quote } from '../../src/slack/mrkdwn.ts';

test.each([
  ['abc', 10, 'abc'],
  ['abcdef', 4, 'abc…'],
  ['a&amp;bcdef', 5, 'a…'],
  ['a <@U123> b', 6, 'a …'],
  ['ab🔥cd', 4, 'ab…'],
])('cuts %j at %i without leaving half a sign', (text, max, cut) => {
  expect(clipMrkdwn(text, max)).toBe(cut);
});

test('quotes a person on one line, cut and then escaped', () => {
  expect(quote(' <!here>\n & more ', 100)).toBe('&lt;!here&gt; &amp; more');
  expect(quote('abcdef', 4)).toBe('abc…');
});

test('reads back the value of its own buttons and of no others', () => {
  const value = { registry: 'ghcr.io', id: '7K2M9', fingerprint: 'f1' };
  expect(parseButtonValue(encodeButtonValue(value))).toEqual(value);
  for (const odd of [undefined, '', 'x', '{}', '[]', '{"registry":1,"id":"x"}'])
    expect(parseButtonValue(odd)).toBeUndefined();
});
