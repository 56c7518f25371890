import { createLog } from '../src/log.ts';
import { createBoltLog } from '../src/slack/bolt-log.ts';

function logging(level?: 'info' | 'warn' | 'error') {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line), ...(level ? { level } : {}) });
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? '{}') };
}

test('writes one line of JSON with level, time and fields', () => {
  const { log, last, lines } = logging();
  log.warn('two\nlines', { rotation: '7K2M9', at: 'not this one' });
  expect(lines).toHaveLength(1);
  expect(last()).toMatchObject({ level: 'warn', message: 'two\nlines', rotation: '7K2M9' });
  expect(Number.isNaN(Date.parse(last().at))).toBe(false);
});

test('leaves out what is below its level', () => {
  const { log, lines } = logging('warn');
  log.info('a');
  log.error('b');
  expect(lines).toHaveLength(1);
});

test.each([
  ['password', { password: 'MARKER' }],
  ['a field deep down', { request: { form: [{ token: 'MARKER' }] } }],
  ['an authorization header', { headers: { Authorization: 'Basic MARKER' } }],
  ['a body', { body: 'payload=MARKER' }],
  ['a secret string', { SecretString: '{"password":"MARKER"}' }],
  ['private metadata', { private_metadata: 'MARKER' }],
  ['a value of a field', { state: { values: { token: { token: { value: 'MARKER' } } } } }],
])('never prints %s', (_what, fields) => {
  const { log, lines } = logging();
  log.error('x', fields);
  expect(lines.join()).not.toContain('MARKER');
});

test.each([
  'xoxb-123-MARKER',
  'ghp_MARKERMARKERMARKERMARKER',
  'github_pat_MARKER',
  'dckr_pat_MARKER',
  'glpat-MARKER',
  'Basic bWFyaW86TUFSS0VSTARKER=',
  'Bearer abcdefgMARKER',
])('hides %s wherever it stands', (text) => {
  const { log, lines } = logging();
  log.error(`failed with ${text}`, {
    error: new Error(`no: ${text}`, { cause: new Error(text) }),
    note: [text],
  });
  expect(lines.join()).not.toMatch(/MARKER|bWFyaW86/);
});

test('prints of an error its name, code, stack and cause, and none of its other fields', () => {
  const { log, last, lines } = logging();
  const error = Object.assign(new Error('refused', { cause: new TypeError('inner') }), {
    code: 'E_NO',
    config: { data: 'WHOLE REQUEST' },
  });
  log.error('x', { error });
  expect(last().error).toMatchObject({
    name: 'Error',
    message: 'refused',
    code: 'E_NO',
    cause: { name: 'TypeError' },
  });
  expect(last().error.stack).toContain('log.test.ts');
  expect(lines.join()).not.toContain('WHOLE REQUEST');
});

test('survives circles, functions and very large numbers', () => {
  const { log, lines } = logging();
  const circle: Record<string, unknown> = { big: 12n, call: () => 1 };
  circle.self = circle;
  log.info('x', circle);
  expect(lines).toHaveLength(1);
});

test("drops Bolt's DEBUG whatever level it is set to", () => {
  const { log, lines } = logging();
  const bolt = createBoltLog(log);
  // Bolt calls this with what its own options say.
  bolt.setLevel('debug' as never);
  bolt.debug('payload=MARKER');
  bolt.warn('careful', { password: 'MARKER' });
  expect(lines).toHaveLength(1);
  expect(lines.join()).not.toContain('MARKER');
});
