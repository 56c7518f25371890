import { request } from 'node:http';
import { WebClient } from '@slack/web-api';
import type { Snapshot } from '../../../../sandbox/slack/http/snapshot.ts';
import { type Slack, startSlack } from '../../../../sandbox/slack/start-slack.ts';
import { channels, formOf, handClock, people, SECRET, userGroups } from '../setup.ts';
import { input, modal, section, textInput } from '../validator/payloads.ts';

let slack: Slack;
const knobbed: unknown[] = [];

beforeEach(async () => {
  slack = await startSlack({
    clock: handClock(),
    signingSecret: SECRET,
    people,
    channels,
    userGroups,
    deliver: async (sent) => {
      const trigger_id = formOf(sent).trigger_id ?? '';
      // The SDK's own types do not know that our fields are plain objects.
      if (trigger_id) await client().views.open({ trigger_id, view: form as never });
      return { status: 200, headers: {}, body: '' };
    },
    pageExtras: {
      help: [{ title: 'Who is who' }],
      knobs: () => [{ id: 'revoke', label: 'Revoke', group: 'Registry', kind: 'button' }],
      onKnob: (id, value) => {
        if (id === 'broken') throw new Error('no such knob');
        knobbed.push([id, value]);
      },
      status: () => ({ services: [{ cluster: 'prod', name: 'web', running: 2, desired: 4 }] }),
    },
  });
});

afterEach(() => slack.close());

const form = modal([section(), input(textInput, { block_id: 'token' })]);
const client = () => new WebClient('xoxb-test', { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
const get = (path: string) => fetch(slack.url + path);
const stateFor = async (user: string) =>
  // What the page itself reads.
  (await (await get(`/_sandbox/state?user=${user}`)).json()) as Snapshot;
const post = async (name: string, body: object) => {
  const answer = await fetch(`${slack.url}/_sandbox/${name}`, { method: 'POST', body: JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
};

test('serves the real SDK client', async () => {
  const { ts } = await client().chat.postMessage({ channel: 'C_DEPLOYS', text: 'hello' });
  expect(slack.messages('#deploys')).toMatchObject([{ ts, text: 'hello' }]);
  await expect(client().chat.postMessage({ channel: 'C_NONE', text: 'x' })).rejects.toThrow(
    'channel_not_found',
  );
});

test('runs a command, a submission and a closing from the page', async () => {
  const command = { user: 'U_AYA', channel: 'C_DEPLOYS', command: '/ecs-rotate', text: '' };
  expect(await post('command', command)).toEqual({ status: 200, body: { kind: 'ok' } });
  const viewId = (await stateFor('U_AYA')).stack[0]?.id;
  expect(await post('submit', { user: 'U_AYA', viewId, entries: {} })).toMatchObject({
    body: { kind: 'errors', errors: { token: 'Please complete this required field.' } },
  });
  expect(await post('close', { user: 'U_AYA', viewId, all: false })).toMatchObject({ status: 200 });
  expect(slack.openView('U_AYA')).toBeUndefined();
});

test('shows each person only what they see', async () => {
  await client().chat.postEphemeral({ channel: 'C_OPS', user: 'U_AYA', text: 'psst' });
  const texts = async (user: string) => {
    const state = await stateFor(user);
    return [state.messages.length, state.channels.map((channel) => channel.name).includes('ops')];
  };
  expect(await texts('U_AYA')).toEqual([1, true]);
  expect(await texts('U_GUS')).toEqual([0, false]);
  expect((await get('/_sandbox/state?user=U_NONE')).status).toBe(404);
});

test('answers what a person could not do with the reason', async () => {
  expect(await post('press', { user: 'U_AYA', where: 'V1', actionId: 'go', blockId: 'b' })).toMatchObject({
    status: 409,
    body: { kind: 'impossible', error: expect.stringContaining('sees no message') },
  });
  expect((await post('submit', { user: 1 })).status).toBe(409);
});

test('gives help, knobs and status, and turns knobs', async () => {
  expect(await (await get('/_sandbox/extras')).json()).toMatchObject({
    help: [{ title: 'Who is who' }],
    knobs: [{ id: 'revoke' }],
    hasStatus: true,
  });
  expect(await (await get('/_sandbox/status')).json()).toMatchObject({ services: [{ name: 'web' }] });
  await post('knob', { id: 'revoke', value: true });
  expect(knobbed).toContainEqual(['revoke', true]);
  expect(await post('knob', { id: 'broken' })).toMatchObject({
    status: 409,
    body: { error: 'no such knob' },
  });
});

test('tells an open page of every change', async () => {
  const page = await get('/_sandbox/events');
  const reader = page.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('data: changed\n\n');
  slack.as('U_AYA').say('#deploys', 'hi');
  expect((await reader?.read())?.value).toBe('data: changed\n\n');
});

test.each([
  ['a foreign host', { host: 'evil.example' }, 403],
  ['a foreign origin', { origin: 'http://evil.example' }, 403],
  ['its own origin', {}, 200],
])('serves requests from %s with %p as %i', async (_what, headers, status) => {
  const { port } = new URL(slack.url);
  const answered = await new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path: '/_sandbox/extras', headers }, (answer) =>
      resolve(answer.resume().statusCode),
    ).end();
  });
  expect(answered).toBe(status);
});

test('serves the page under a strict content policy, and nothing beside it', async () => {
  const page = await get('/');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  expect(await page.text()).toContain('This page imitates Slack. Nothing here reaches Slack or AWS.');
  expect((await get('/page/..%2f..%2fpackage.json')).status).toBe(404);
  expect((await get('/package.json')).status).toBe(404);
});

test('refuses a body that is too large', async () => {
  const answer = await fetch(`${slack.url}/api/auth.test`, { method: 'POST', body: 'x'.repeat(1_000_001) });
  expect(answer.status).toBe(413);
});

test('knows only its own people', () => {
  expect(() => slack.as('U_NONE')).toThrow('there is no U_NONE');
});
