import { clip, escapeMrkdwn, slackDate } from '../../src/text/escape.ts';

describe('escapeMrkdwn', () => {
  it('takes the meaning from mentions, links and entities', () => {
    expect(escapeMrkdwn('<!channel> & <@U1> &lt;')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt; &amp;lt;');
  });

  it('leaves every other character as it is', () => {
    const text = 'denied: “*acme*/api_1” `x` ~y~ 未確認 😀\n';
    expect(escapeMrkdwn(text)).toBe(text);
  });
});

describe('clip', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['abcd', 1, '…'],
    ['abcd', 0, ''],
    ['', 0, ''],
    ['a😀b', 4, 'a😀b'],
    ['a😀bc', 4, 'a😀…'],
    ['a😀bc', 3, 'a…'],
  ])('makes %j at most %i long: %j', (text, max, expected) => {
    expect(clip(text, max)).toBe(expected);
  });

  it('never exceeds the limit nor leaves half a character', () => {
    const text = '😀é漢'.repeat(20);
    for (let max = 0; max <= text.length; max++) {
      const clipped = clip(text, max);
      expect(clipped.length).toBeLessThanOrEqual(max);
      expect(clipped.isWellFormed()).toBe(true);
    }
  });
});

describe('slackDate', () => {
  const moment = Date.UTC(2026, 10, 20, 14, 2, 3, 999);

  it.each([
    ['time', '<!date^1795183323^{time}|2026-11-20T14:02:03Z>'],
    ['day', '<!date^1795183323^{date_short_pretty}|2026-11-20T14:02:03Z>'],
    ['date-time', '<!date^1795183323^{date_short_pretty} {time}|2026-11-20T14:02:03Z>'],
  ] as const)('writes a moment as %s in whole seconds, with ISO 8601 to fall back on', (style, expected) => {
    expect(slackDate(moment, style)).toBe(expected);
  });
});
