import { payloadOf, setUp } from './setup.ts';
import { actions, button, confirm, message, option, section, select } from './validator/payloads.ts';

const ask = (more: object = {}) =>
  message([section('*Waiting*'), actions(button({ action_id: 'approve', value: 'r1', ...more }))]);
const inDeploys = (payload: object) => ({ ...payload, channel: 'C_DEPLOYS' });

test('sends a press with message, value, trigger and response_url', async () => {
  const { app, api, as } = setUp();
  const { ts } = await api('chat.postMessage', inDeploys(ask()));
  expect(await as('U_BEN').click(ts, 'approve')).toEqual({ kind: 'ok' });
  expect(payloadOf(app.requests[0])).toMatchObject({
    type: 'block_actions',
    user: { id: 'U_BEN', team_id: 'T0SANDBOX' },
    container: { type: 'message', message_ts: ts, channel_id: 'C_DEPLOYS', is_ephemeral: false },
    channel: { id: 'C_DEPLOYS', name: 'deploys' },
    message: { ts, text: 'Line 1' },
    actions: [{ type: 'button', action_id: 'approve', value: 'r1', block_id: expect.any(String) }],
    response_url: expect.stringContaining('/response/'),
    trigger_id: expect.any(String),
  });
});

test('names the home team of someone from a shared channel', async () => {
  const { app, api, as } = setUp();
  const { ts } = await api('chat.postMessage', inDeploys(ask()));
  await as('U_OUT').click(ts, 'approve');
  expect(payloadOf(app.requests[0]).user.team_id).toBe('T_OTHER');
});

test('shows a confirm dialog first, which can be cancelled', async () => {
  const { app, api, as } = setUp();
  const { ts } = await api('chat.postMessage', inDeploys(ask({ confirm: confirm() })));
  await expect(as('U_BEN').click(ts, 'approve')).rejects.toThrow('asks "Start now?"');
  expect(await as('U_BEN').click(ts, 'approve', { confirm: false })).toEqual({ kind: 'cancelled' });
  expect(app.requests).toEqual([]);
  await as('U_BEN').click(ts, 'approve', { confirm: true });
  expect(app.requests).toHaveLength(1);
});

test('refuses a press on a button that is not there any more', async () => {
  const { app, api, as } = setUp();
  const { ts } = await api('chat.postMessage', inDeploys(ask()));
  await api('chat.update', { channel: 'C_DEPLOYS', ts, text: 'Done', blocks: [section('Done')] });
  await expect(as('U_BEN').click(ts, 'approve')).rejects.toThrow('sees 0 controls approve');
  expect(app.requests).toEqual([]);
});

test('refuses a press on what the person cannot see', async () => {
  const { api, as } = setUp();
  const { ts } = await api('chat.postMessage', { ...ask(), channel: 'C_OPS' });
  await expect(as('U_GUS').click(ts, 'approve')).rejects.toThrow('U_GUS sees no message');
  const { message_ts } = await api('chat.postEphemeral', { ...ask(), channel: 'C_OPS', user: 'U_AYA' });
  await expect(as('U_BEN').click(message_ts, 'approve')).rejects.toThrow('U_BEN sees no message');
});

test('keeps the message of an ephemeral to itself', async () => {
  const { app, api, as } = setUp();
  const { message_ts } = await api('chat.postEphemeral', { ...ask(), channel: 'C_OPS', user: 'U_AYA' });
  await as('U_AYA').click(message_ts, 'approve');
  const payload = payloadOf(app.requests[0]);
  expect(payload.container).toMatchObject({ is_ephemeral: true, message_ts });
  expect(payload.message).toBeUndefined();
});

test('tells equal action ids apart by block or value', async () => {
  const { app, api, as } = setUp();
  const rows = ['r1', 'r2'].map((value) => ({ ...actions(button({ value })), block_id: value }));
  const { ts } = await api('chat.postMessage', inDeploys(message(rows)));
  await expect(as('U_BEN').click(ts, 'go')).rejects.toThrow('sees 2 controls go');
  await as('U_BEN').click(ts, 'go', { value: 'r2' });
  await as('U_BEN').click(ts, 'go', { blockId: 'r1' });
  expect(app.requests.map((request) => payloadOf(request).actions[0].value)).toEqual(['r2', 'r1']);
});

test('sends what was chosen in a menu, and only what it offers', async () => {
  const { app, api, as } = setUp();
  const menus = actions(select([option('a'), option('b')]), {
    type: 'overflow',
    action_id: 'more',
    options: [option('history')],
  });
  const { ts } = await api('chat.postMessage', inDeploys(message([menus])));
  await as('U_BEN').choose(ts, 'v', 'b');
  await as('U_BEN').choose(ts, 'more', 'history');
  const chosen = app.requests.map((request) => payloadOf(request).actions[0].selected_option.value);
  expect(chosen).toEqual(['b', 'history']);
  await expect(as('U_BEN').choose(ts, 'v', 'c')).rejects.toThrow('does not offer "c", only: a, b');
});

test('tells the person when the app fails on a press', async () => {
  const { app, api, as, workspace } = setUp();
  app.answer = () => ({ status: 502 });
  const { ts } = await api('chat.postMessage', inDeploys(ask()));
  expect(await as('U_BEN').click(ts, 'approve')).toEqual({ kind: 'failed', error: 'dispatch_failed' });
  expect(workspace.state.failures).toMatchObject([{ user: 'U_BEN', error: 'dispatch_failed' }]);
});
