import { failEditsFor, rateLimitFor } from '../../../../sandbox/slack/knobs.ts';
import { methodsBeyond, scopesOf } from '../../../../sandbox/slack/scopes.ts';
import { callMethod } from '../../../../sandbox/slack/web-api/call.ts';
import { METHODS } from '../../../../sandbox/slack/web-api/methods.ts';
import { setUp } from '../setup.ts';
import { modal, section, times } from '../validator/payloads.ts';

const call = (method: string, more: object = {}) => ({
  method,
  contentType: 'application/x-www-form-urlencoded',
  authorization: 'Bearer xoxb-test',
  body: '',
  ...more,
});

test('takes forms with JSON fields as well as JSON', async () => {
  const { workspace, messages } = setUp();
  const body = new URLSearchParams({
    channel: 'C_DEPLOYS',
    text: '[x]',
    blocks: JSON.stringify([section('a')]),
  });
  const answer = await callMethod(workspace, call('chat.postMessage', { body: body.toString() }));
  expect(answer.body).toMatchObject({ ok: true });
  expect(messages('#deploys')).toMatchObject([{ text: '[x]', blocks: [{ type: 'section' }] }]);
});

test.each([
  ['application/json', '{'],
  ['application/json', '[]'],
  ['application/x-www-form-urlencoded', 'blocks=%5B'],
])('refuses an unreadable body of %s', async (contentType, body) => {
  const answer = await callMethod(setUp().workspace, call('chat.postMessage', { contentType, body }));
  expect(answer).toMatchObject({ status: 200, body: { ok: false, error: 'invalid_arguments' } });
});

test('answers unknown_method, not_authed and invalid_auth', async () => {
  const { workspace, api } = setUp();
  expect(await api('chat.dance')).toMatchObject({ error: 'unknown_method' });
  const without = (authorization: string) => callMethod(workspace, call('auth.test', { authorization }));
  expect((await without('')).body).toMatchObject({ error: 'not_authed' });
  expect((await without('Bearer xoxp-1')).body).toMatchObject({ error: 'invalid_auth' });
});

test('takes only its own token where it was given one, and only granted scopes', async () => {
  const { api } = setUp({ botToken: 'xoxb-test', grantedScopes: ['users:read'] });
  expect(await api('users.info', { user: 'U_AYA' })).toMatchObject({ ok: true });
  expect(await api('chat.postMessage', { channel: 'C_DEPLOYS', text: 'x' })).toMatchObject({
    error: 'missing_scope',
  });
  expect(await setUp({ botToken: 'xoxb-other' }).api('auth.test')).toMatchObject({ error: 'invalid_auth' });
});

test('knows the scopes of every method it has', () => {
  expect(Object.keys(METHODS).filter((method) => scopesOf(method) === undefined)).toEqual([]);
  expect(scopesOf('toString')).toBeUndefined();
  expect(methodsBeyond(['chat:write'], ['chat.update', 'views.open', 'users.info', 'users.info'])).toEqual([
    'users.info',
  ]);
});

test('says who someone is, with guests, strangers and locale', async () => {
  const { api } = setUp();
  expect(await api('users.info', { user: 'U_BEN', include_locale: true })).toMatchObject({
    user: { id: 'U_BEN', team_id: 'T0SANDBOX', locale: 'ja-JP', is_restricted: false, is_stranger: false },
  });
  expect(await api('users.info', { user: 'U_GUS' })).toMatchObject({
    user: { is_restricted: true, is_ultra_restricted: true },
  });
  expect(await api('users.info', { user: 'U_OUT' })).toMatchObject({
    user: { is_stranger: true, team_id: 'T_OTHER' },
  });
  expect(await api('users.info', { user: 'U_NONE' })).toMatchObject({ error: 'user_not_found' });
});

test('lists groups, channels and their members', async () => {
  const { api } = setUp();
  expect(await api('usergroups.list', {})).toMatchObject({
    usergroups: [{ id: 'S_APP', handle: 'platform-approvers' }],
  });
  expect(await api('usergroups.users.list', { usergroup: 'S_APP' })).toMatchObject({ users: ['U_BEN'] });
  expect(await api('usergroups.users.list', { usergroup: 'S_NO' })).toMatchObject({
    error: 'no_such_subteam',
  });
  expect(await api('conversations.members', { channel: 'C_OPS' })).toMatchObject({
    members: ['U_AYA', 'U_BEN', 'U0ECSROTATE'],
  });
  expect(await api('conversations.info', { channel: 'C_OPS' })).toMatchObject({
    channel: { name: 'ops', is_member: true, is_ext_shared: false },
  });
  expect(await api('conversations.info', { channel: 'C_SECRET' })).toMatchObject({
    error: 'channel_not_found',
  });
  expect(await api('conversations.open', { users: 'U_AYA' })).toMatchObject({ channel: { id: 'DU_AYA' } });
});

test('validates blocks, views and messages without a token', async () => {
  const { workspace } = setUp();
  const validate = async (fields: object) => {
    const request = { contentType: 'application/json', authorization: '', body: JSON.stringify(fields) };
    return (await callMethod(workspace, call('blocks.validate', request))).body;
  };
  expect(await validate({ blocks: [section()] })).toEqual({ ok: true });
  expect(await validate({ view: modal([section()]) })).toEqual({ ok: true });
  expect(await validate({ message: { text: 'x', blocks: [{ type: 'plan' }] } })).toMatchObject({
    ok: false,
    errors: [{ code: 'failed_constraint', pointer: '/blocks/0/type' }],
  });
});

test.each([
  ['chat.update', 50],
  ['usergroups.users.list', 20],
  ['users.info', 100],
])('limits %s to %i calls a minute of the sandbox', async (method, most) => {
  const { workspace, clock } = setUp();
  const request = call(method);
  for (const _once of times(most, () => 0)) expect((await callMethod(workspace, request)).status).toBe(200);
  clock.move(20_000);
  expect(await callMethod(workspace, request)).toMatchObject({
    status: 429,
    headers: { 'retry-after': '40' },
    body: { error: 'ratelimited' },
  });
  clock.move(40_000);
  expect((await callMethod(workspace, request)).status).toBe(200);
});

test('limits posts to one a second and channel, with a short burst', async () => {
  const { api, clock } = setUp();
  const say = (channel: string) => api('chat.postMessage', { channel, text: 'x' });
  for (const _once of times(10, () => 0)) expect(await say('C_DEPLOYS')).toMatchObject({ ok: true });
  expect(await say('C_DEPLOYS')).toMatchObject({ error: 'ratelimited' });
  expect(await say('C_OPS')).toMatchObject({ ok: true });
  clock.move(10_000);
  expect(await say('C_DEPLOYS')).toMatchObject({ ok: true });
});

test('misbehaves as its knobs say, and stops doing so', async () => {
  const { api, workspace, clock } = setUp();
  const { knobs } = workspace;
  const { ts } = await api('chat.postMessage', { channel: 'C_DEPLOYS', text: 'x' });
  const edit = () => api('chat.update', { channel: 'C_DEPLOYS', ts, text: 'y', blocks: [section()] });
  knobs.serverErrors = 1;
  expect(await edit()).toMatchObject({ error: 'internal_error' });
  knobs.rateLimitNext = 1;
  expect(await edit()).toMatchObject({ error: 'ratelimited' });
  knobs.invalidBlocksNext = 1;
  expect(await edit()).toMatchObject({ error: 'invalid_blocks' });
  knobs.methodErrors.set('chat.update', 'fatal_error');
  expect(await edit()).toMatchObject({ error: 'fatal_error' });
  knobs.methodErrors.clear();
  failEditsFor(knobs, clock, 60_000, 'edit_window_closed');
  expect(await edit()).toMatchObject({ error: 'edit_window_closed' });
  clock.move(60_000);
  rateLimitFor(knobs, clock, 5000);
  expect(await edit()).toMatchObject({ error: 'ratelimited' });
  clock.move(5000);
  expect(await edit()).toMatchObject({ ok: true });
});

test('takes its time when the knob says so', async () => {
  const { api, workspace } = setUp();
  workspace.knobs.slowApiMs = 40;
  const started = performance.now();
  await api('auth.test');
  expect(performance.now() - started).toBeGreaterThan(35);
});
