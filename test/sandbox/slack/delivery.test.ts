import { createHmac } from 'node:crypto';
import { checkSsl } from '../../../sandbox/slack/commands.ts';
import { formOf, payloadOf, SECRET, setUp } from './setup.ts';

afterEach(() => jest.useRealTimers());

test('signs the raw body with the real time, as Slack does', async () => {
  const { app, as } = setUp();
  await as('U_AYA').command('/ecs-rotate', 'status ü', '#deploys');
  const [request] = app.requests;
  const timestamp = request?.headers['x-slack-request-timestamp'];
  const expected = createHmac('sha256', SECRET).update(`v0:${timestamp}:${request?.body}`).digest('hex');
  expect(request?.headers['x-slack-signature']).toBe(`v0=${expected}`);
  expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(5);
  expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(request?.path).toBe('/slack/events');
});

test('sends a slash command with channel, person, trigger and response_url', async () => {
  const { app, as } = setUp();
  await as('U_AYA').command('/ecs-rotate', 'explain a & b', '#deploys');
  expect(formOf(app.requests[0])).toMatchObject({
    command: '/ecs-rotate',
    text: 'explain a & b',
    channel_id: 'C_DEPLOYS',
    channel_name: 'deploys',
    user_id: 'U_AYA',
    trigger_id: expect.any(String),
    response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1\/response\//),
  });
});

test('gives up after three seconds and tells the person operation_timeout', async () => {
  jest.useFakeTimers();
  const { app, as, workspace } = setUp();
  app.answer = () => new Promise(() => {});
  const outcome = as('U_AYA').command('/ecs-rotate', '', '#deploys');
  await jest.advanceTimersByTimeAsync(2999);
  expect(workspace.state.failures).toEqual([]);
  await jest.advanceTimersByTimeAsync(1);
  expect(await outcome).toEqual({ kind: 'failed', error: 'operation_timeout' });
  expect(workspace.state.failures[0]?.text).toBe('/ecs-rotate failed with the error "operation_timeout"');
  expect(workspace.state.deliveries[0]).toMatchObject({
    kind: 'command',
    result: 'operation_timeout',
    tookMs: 3000,
  });
});

test.each([
  ['is down', () => Promise.reject(new Error('refused'))],
  ['answers 500', () => ({ status: 500 })],
  ['answers 401', () => ({ status: 401 })],
])('tells the person dispatch_failed where the app %s', async (_how, answer) => {
  const { app, as, workspace } = setUp();
  app.answer = answer;
  expect(await as('U_AYA').command('/ecs-rotate', '', '#deploys')).toEqual({
    kind: 'failed',
    error: 'dispatch_failed',
  });
  expect(workspace.state.failures).toEqual([
    expect.objectContaining({ user: 'U_AYA', error: 'dispatch_failed' }),
  ]);
});

test('shows a plain answer to a command to its author only', async () => {
  const { app, as, privateTo, messages } = setUp();
  app.answer = () => ({ body: 'Only here.' });
  await as('U_AYA').command('/ecs-rotate', 'help', '#deploys');
  expect(privateTo('U_AYA')).toMatchObject([{ text: 'Only here.', channel: 'C_DEPLOYS' }]);
  expect(privateTo('U_BEN')).toEqual([]);
  expect(messages('#deploys')).toEqual([]);
});

test('shows an in_channel answer to everyone', async () => {
  const { app, as, messages } = setUp();
  app.answer = () => ({ body: JSON.stringify({ response_type: 'in_channel', text: 'Hello' }) });
  await as('U_AYA').command('/ecs-rotate', 'help', '#deploys');
  expect(messages('#deploys')).toMatchObject([{ text: 'Hello' }]);
});

test('refuses an answer that is no valid message', async () => {
  const { app, as, privateTo } = setUp();
  app.answer = () => ({ body: JSON.stringify({ text: 'x', blocks: [{ type: 'plan' }] }) });
  expect(await as('U_AYA').command('/ecs-rotate', '', '#deploys')).toMatchObject({ error: 'invalid_blocks' });
  expect(privateTo('U_AYA')).toEqual([]);
});

test('delivers everything twice when the knob says so, an event with its retry headers', async () => {
  const { app, as, workspace } = setUp();
  workspace.knobs.duplicateDeliveries = true;
  await as('U_AYA').command('/ecs-rotate', '', '#deploys');
  expect(app.requests).toHaveLength(2);
  expect(app.requests[1]).toEqual(app.requests[0]);
  await as('U_AYA').openHome();
  expect(app.requests[2]?.headers['x-slack-retry-num']).toBeUndefined();
  expect(app.requests[3]?.headers).toMatchObject({
    'x-slack-retry-num': '1',
    'x-slack-retry-reason': 'http_timeout',
  });
});

test('lets nobody run a command in a channel they are not in', async () => {
  const { app, as } = setUp();
  await expect(as('U_GUS').command('/ecs-rotate', '', '#ops')).rejects.toThrow('U_GUS is not in #ops');
  expect(app.requests).toEqual([]);
});

test('announces an opened Home tab as an event', async () => {
  const { app, as } = setUp();
  await as('U_AYA').openHome();
  expect(app.requests[0]?.headers['content-type']).toBe('application/json');
  expect(JSON.parse(app.requests[0]?.body ?? '')).toMatchObject({
    type: 'event_callback',
    event: { type: 'app_home_opened', user: 'U_AYA', tab: 'home' },
  });
});

test('checks the certificate with a form that carries nothing else', async () => {
  const { app, workspace } = setUp();
  expect(await checkSsl(workspace)).toMatchObject({ kind: 'answered' });
  expect(formOf(app.requests[0]).ssl_check).toBe('1');
  expect(payloadOf(app.requests[0])).toEqual({});
});
