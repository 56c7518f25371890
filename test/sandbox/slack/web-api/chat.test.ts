import { callApi, formOf, setUp } from '../setup.ts';
import { actions, button, section, times } from '../validator/payloads.ts';

const posted = async () => {
  const set = setUp();
  const { ts } = await set.api('chat.postMessage', {
    channel: 'C_DEPLOYS',
    text: 'Line 1',
    blocks: [section('one')],
  });
  return { ...set, ts };
};

test('posts to a channel by id or name, and to a person directly', async () => {
  const { api, messages } = setUp();
  expect(await api('chat.postMessage', { channel: '#deploys', text: 'a' })).toMatchObject({
    ok: true,
    channel: 'C_DEPLOYS',
  });
  expect(await api('chat.postMessage', { channel: 'U_AYA', text: 'b' })).toMatchObject({ channel: 'DU_AYA' });
  expect([messages('#deploys').length, messages('DU_AYA').length]).toEqual([1, 1]);
});

test.each([
  [{ channel: 'C_NONE', text: 'x' }, 'channel_not_found'],
  [{ text: 'x' }, 'channel_not_found'],
  [{ channel: 'C_SECRET', text: 'x' }, 'channel_not_found'],
  [{ channel: 'C_OLD', text: 'x' }, 'is_archived'],
  [{ channel: 'C_DEPLOYS' }, 'no_text'],
  [{ channel: 'C_DEPLOYS', text: 'x'.repeat(4001) }, 'msg_too_long'],
  [{ channel: 'C_DEPLOYS', text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
  [{ channel: 'C_DEPLOYS', text: 'x', blocks: times(51, () => section()) }, 'invalid_blocks'],
])('refuses to post %p', async (args, error) => {
  const { api, workspace } = setUp();
  expect(await api('chat.postMessage', args)).toMatchObject({ ok: false, error });
  expect(workspace.state.messages).toEqual([]);
});

test('says in its messages what is wrong with the blocks, and where', async () => {
  const { api } = setUp();
  const answer = await api('chat.postMessage', {
    channel: 'C_DEPLOYS',
    text: 'x',
    blocks: [{ type: 'plan' }],
  });
  expect(answer.response_metadata?.messages).toEqual([
    '[ERROR] unsupported type: plan [json-pointer:/blocks/0/type]',
  ]);
});

test('keeps replies in their thread, and shows broadcast ones in the channel too', async () => {
  const { api, ts, messages, thread } = await posted();
  const { ts: reply } = await api('chat.postMessage', { channel: 'C_DEPLOYS', text: 'r1', thread_ts: ts });
  await api('chat.postMessage', {
    channel: 'C_DEPLOYS',
    text: 'r2',
    thread_ts: reply,
    reply_broadcast: true,
  });
  expect(thread(ts).map(({ text }) => text)).toEqual(['r1', 'r2']);
  expect(messages('#deploys').map(({ text }) => text)).toEqual(['Line 1', 'r2']);
});

test('edits a message in place, keeping blocks that were not given', async () => {
  const { api, clock, ts, messages, textOf } = await posted();
  clock.move(1000);
  expect(await api('chat.update', { channel: 'C_DEPLOYS', ts, text: 'Line 2' })).toMatchObject({
    ok: true,
    ts,
  });
  const [edited] = messages('#deploys');
  expect(edited).toMatchObject({ text: 'Line 2', edited: expect.any(String) });
  expect(edited && textOf(edited)).toBe('one');
  await api('chat.update', { channel: 'C_DEPLOYS', ts, text: 'Line 3', blocks: [] });
  expect(messages('#deploys')[0]?.blocks).toEqual([]);
});

test('edits and deletes only what the app wrote and only where it is', async () => {
  const { api, as, ts, messages } = await posted();
  const own = as('U_AYA').say('#deploys', 'mine');
  const update = (args: object) => api('chat.update', { text: 'x', ...args });
  expect(await update({ channel: 'C_DEPLOYS', ts: own.ts })).toMatchObject({ error: 'cant_update_message' });
  expect(await update({ channel: 'C_OPS', ts })).toMatchObject({ error: 'message_not_found' });
  expect(await update({ channel: '#deploys', ts })).toMatchObject({ error: 'channel_not_found' });
  expect(await api('chat.delete', { channel: 'C_DEPLOYS', ts: own.ts })).toMatchObject({
    error: 'cant_delete_message',
  });
  expect(await api('chat.delete', { channel: 'C_DEPLOYS', ts })).toMatchObject({ ok: true });
  expect(messages('#deploys').map(({ text }) => text)).toEqual(['mine']);
});

test.each([
  [{ channel: 'C_SECRET', user: 'U_AYA' }, 'not_in_channel'],
  [{ channel: 'C_OPS', user: 'U_GUS' }, 'user_not_in_channel'],
  [{ channel: 'C_OPS', user: 'U_NONE' }, 'user_not_found'],
])('refuses an ephemeral message to %p', async (place, error) => {
  expect(await setUp().api('chat.postEphemeral', { ...place, text: 'x' })).toMatchObject({
    ok: false,
    error,
  });
});

test('cannot edit an ephemeral message through the Web API', async () => {
  const { api } = setUp();
  const { message_ts: ts } = await api('chat.postEphemeral', { channel: 'C_OPS', user: 'U_AYA', text: 'x' });
  expect(await api('chat.update', { channel: 'C_OPS', ts, text: 'y' })).toMatchObject({
    error: 'message_not_found',
  });
});

test('links to a message', async () => {
  const { api, ts } = await posted();
  expect(await api('chat.getPermalink', { channel: 'C_DEPLOYS', message_ts: ts })).toMatchObject({
    permalink: `http://127.0.0.1:1/archives/C_DEPLOYS/p${ts.replace('.', '')}`,
  });
});

test('never uses a timestamp twice, even while the clock stands', async () => {
  const { api } = setUp();
  const answers = await Promise.all(
    times(5, (i) => api('chat.postMessage', { channel: 'C_DEPLOYS', text: `${i}` })),
  );
  expect(new Set(answers.map(({ ts }) => ts)).size).toBe(5);
});

describe('response_url', () => {
  const clicked = async () => {
    const set = setUp();
    const blocks = [actions(button())];
    const { ts } = await set.api('chat.postMessage', { channel: 'C_DEPLOYS', text: 'x', blocks });
    await set.as('U_BEN').click(ts, 'go');
    const url: string = JSON.parse(formOf(set.app.requests[0]).payload ?? '').response_url;
    const { answerResponseUrl } = await import('../../../../sandbox/slack/response-url.ts');
    const respond = (body: object) =>
      answerResponseUrl(set.workspace, url.split('/').at(-1) ?? '', JSON.stringify(body));
    return { ...set, ts, respond };
  };

  test('answers the person alone, and leaves the message as it is', async () => {
    const { respond, privateTo, messages } = await clicked();
    expect(await respond({ text: 'Only approvers.' })).toEqual({ status: 200, body: 'ok' });
    expect(privateTo('U_BEN')).toMatchObject([{ text: 'Only approvers.', channel: 'C_DEPLOYS' }]);
    expect(messages('#deploys')).toMatchObject([{ text: 'x' }]);
  });

  test('replaces and deletes the original', async () => {
    const { respond, messages } = await clicked();
    await respond({ text: 'replaced', replace_original: true, blocks: [] });
    expect(messages('#deploys')).toMatchObject([{ text: 'replaced', blocks: [] }]);
    await respond({ delete_original: true });
    expect(messages('#deploys')).toEqual([]);
  });

  test('answers in the channel and in a thread', async () => {
    const { respond, thread, ts } = await clicked();
    await respond({ text: 'all', response_type: 'in_channel', thread_ts: ts });
    expect(thread(ts)).toMatchObject([{ text: 'all' }]);
  });

  test('takes five posts in thirty minutes and no more', async () => {
    const { respond, clock } = await clicked();
    const posts = times(5, (i) => respond({ text: `${i}` }));
    expect((await Promise.all(posts)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await respond({ text: '6' })).toEqual({ status: 404, body: 'used_url' });
    clock.move(30 * 60_000 + 1);
    expect(await respond({ text: '7' })).toEqual({ status: 404, body: 'expired_url' });
  });

  test('refuses an invalid message without using the address up', async () => {
    const { respond, workspace } = await clicked();
    expect(await respond({ text: 'x', blocks: [{ type: 'plan' }] })).toEqual({
      status: 400,
      body: 'invalid_blocks',
    });
    expect(await respond({ text: 'x' })).toMatchObject({ status: 200 });
    expect(workspace.state.calls.map(({ method, status }) => [method, status])).toEqual([
      ['chat.postMessage', 200],
      ['response_url', 400],
      ['response_url', 200],
    ]);
  });
});

test('keeps every call with its whole body', async () => {
  const { workspace } = setUp();
  await callApi(workspace, 'chat.postMessage', { channel: 'C_DEPLOYS', text: 'marker' });
  expect(workspace.state.calls).toMatchObject([
    {
      method: 'chat.postMessage',
      status: 200,
      body: '{"channel":"C_DEPLOYS","text":"marker"}',
      answer: { ok: true },
    },
  ]);
});
