import { validateView } from '../../../sandbox/slack/validator/validate.ts';
import type { Inventory } from '../../../src/rotation/ports.ts';
import type { KnownCredential } from '../../../src/rotation/rules/credential.ts';
import { readToken, readUserName } from '../../../src/slack/views/field-rules.ts';
import { loginForm } from '../../../src/slack/views/login-form.ts';
import { loginsOf } from '../../../src/slack/views/logins.ts';
import { writeMetadata } from '../../../src/slack/views/metadata.ts';
import { noticeView } from '../../../src/slack/views/notice.ts';
import { denyForm, emergencyForm } from '../../../src/slack/views/reason-form.ts';
import { servicesView } from '../../../src/slack/views/services-view.ts';
import { valueForm } from '../../../src/slack/views/value-form.ts';
import { textsFor } from '../../../src/text/catalogue.ts';
import { exampleRotation, exampleService, manyServices, states } from '../example-views.ts';
import { knownCredential } from '../slack-world.ts';

const texts = textsFor();
const hostile = '<!channel> & 🔥'.repeat(40);
const inventoryOf = (credentials: readonly KnownCredential[]): Inventory => ({
  at: 1,
  credentials,
  consumers: [],
});
const many = (n: number, parts: (index: number) => Partial<KnownCredential>) =>
  Array.from({ length: n }, (_, index) => knownCredential(`secret-${index}`, parts(index)));

function form(inventory: Inventory, more: Partial<Parameters<typeof loginForm>[0]> = {}) {
  return loginForm({
    texts,
    inventory,
    entries: ['here', 'stored', 'in-use'],
    metadata: { channel: 'C1' },
    ...more,
  });
}

const registries = (index: number): Partial<KnownCredential> => ({
  registries: [`r${index}.example.com`],
  services: index,
});
const sameLogin = () => ({ sameLogin: 7 });

test.each([
  ['no login', inventoryOf([])],
  ['one login', inventoryOf([knownCredential('prod/ghcr')])],
  ['300 logins', inventoryOf(many(300, registries))],
  ['300 secrets of one login', inventoryOf(many(300, sameLogin))],
  [
    'names of many odd characters',
    inventoryOf([knownCredential(hostile, { userName: hostile }), knownCredential(`${hostile}2`)]),
  ],
])('Slack takes form 1 with %s', (_what, inventory) => {
  expect(validateView(form(inventory))).toEqual([]);
  expect(validateView(form(inventory, { waiting: exampleRotation(states.waiting) }))).toEqual([]);
});

test.each([
  [
    'form 2',
    valueForm({
      texts,
      entries: ['here', 'stored'],
      userName: hostile.slice(0, 500),
      replacedBy: 'U1',
      metadata: longest(),
    }),
  ],
  ['the deny form', denyForm(texts, { registry: 'ghcr.io', id: 'X' })],
  ['the emergency form', emergencyForm(texts, { registry: 'ghcr.io', id: 'X' }, 3)],
  ['a notice', noticeView(texts, 'x')],
  ['300 services', servicesView(texts, manyServices(300))],
  [
    '3,000 services with long names',
    servicesView(
      texts,
      Array.from({ length: 3_000 }, (_, n) => exampleService(`${n}${hostile}`)),
    ),
  ],
  ['no services', servicesView(texts, [])],
])('Slack takes %s', (_what, view) => {
  expect(validateView(view)).toEqual([]);
});

function longest() {
  return {
    channel: 'C0123456789',
    registry: 'registry.'.repeat(25),
    of: { credentials: Array.from({ length: 20 }, () => '0123456789ab') },
    why: 'planned',
    redeploy: 'failing',
    note: '"\\'.repeat(250),
    replaces: '7K2M9',
  } as const;
}

test('carries the choices within what Slack allows, at their longest', () => {
  expect(writeMetadata(longest()).length).toBeLessThanOrEqual(3_000);
});

test('says how many logins are not in the list, and finds them by a part of their name', () => {
  const inventory = inventoryOf(many(300, registries));
  expect(JSON.stringify(form(inventory))).toContain('200 more logins not in this list');
  const found = JSON.stringify(form(inventory, { metadata: { channel: 'C1', filter: 'R42.' } }));
  expect(found).toContain('r42.example.com');
  expect(found).not.toContain('r43.example.com');
  expect(JSON.stringify(form(inventory, { metadata: { channel: 'C1', filter: 'nothing' } }))).toContain(
    'No login has',
  );
});

test('has no field to find a login by where all are in the list', () => {
  expect(JSON.stringify(form(inventoryOf(many(3, registries))))).not.toContain('"find"');
});

test('ticks at most 20 secrets and says that there are more', () => {
  const view = JSON.stringify(form(inventoryOf(many(30, sameLogin))));
  expect(view).toContain('10 more secrets');
  expect(
    JSON.parse(view).blocks.find((b: { block_id?: string }) => b.block_id?.startsWith('where:')).element
      .initial_options,
  ).toHaveLength(20);
});

test('offers only the ways of entering that are switched on', () => {
  const view = JSON.stringify(form(inventoryOf([knownCredential('a')]), { entries: ['stored'] }));
  expect(view).toContain('Already stored');
  expect(view).not.toContain('only prove it');
});

test('keeps a login the same name over scans, whatever the order', () => {
  const two = many(2, sameLogin);
  expect(loginsOf(inventoryOf(two))[0]?.key).toBe(loginsOf(inventoryOf([...two].reverse()))[0]?.key);
});

test('tells two logins of one registry apart by user name', () => {
  const inventory = inventoryOf([
    knownCredential('a', { userName: 'one' }),
    knownCredential('b', { userName: 'two' }),
  ]);
  expect(JSON.stringify(form(inventory))).toMatch(/ghcr\.io · one · 3 services.*ghcr\.io · two · 3 services/);
});

const { fields } = texts.refusals;
test.each([
  ['  ghp_abc\n', { text: 'ghp_abc' }],
  ['\u3000ghp_abc', { text: 'ghp_abc' }],
  ['', { wrong: fields.empty('token') }],
  ['ghp_ａbc', { wrong: fields.fullWidth('token') }],
  ['ghp_a\u3000bc', { wrong: fields.fullWidth('token') }],
  ['ghp_a\nbc', { wrong: fields.lineEnds('token') }],
  ['ghp_a bc', { wrong: fields.blanks('token') }],
])('reads the token %j', (typed, result) => {
  expect(readToken(typed, fields)).toEqual(result);
});

test('refuses a colon in a user name, which would end it in the login header', () => {
  expect(readUserName('acme:pull', fields)).toEqual({ wrong: fields.colon });
  expect(readUserName(' acme-pull ', fields)).toEqual({ text: 'acme-pull' });
});
