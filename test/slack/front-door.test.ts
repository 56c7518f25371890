import { createLog } from '../../src/log.ts';
import { createFrontDoor, type GatewayAnswer } from '../../src/slack/front-door.ts';
import { gatewayEvent, type SlackWorld, signed, signingSecret, startSlackWorld } from './slack-world.ts';

const now = Date.UTC(2026, 10, 20, 14);
const seconds = now / 1000;
const form = 'application/x-www-form-urlencoded';
const body = `payload=${encodeURIComponent(JSON.stringify({ type: 'x', text: '日本語' }))}`;

function door(room: (event: object) => Promise<GatewayAnswer> = async () => ({ statusCode: 200 })) {
  const lines: string[] = [];
  const let_in: { headers: Record<string, string>; body: string; isBase64Encoded: boolean }[] = [];
  const open = createFrontDoor(
    async (event) => {
      // The door hands on what it was given, with these three replaced.
      let_in.push(event as (typeof let_in)[number]);
      return room(event);
    },
    {
      signingSecret: async () => signingSecret,
      wallNow: () => now,
      log: createLog({ write: (line) => lines.push(line) }),
    },
  );
  return { open, let_in, lines };
}

test('lets in what Slack signed, decoded and with plain headers', async () => {
  const { open, let_in } = door();
  const headers = Object.fromEntries(
    Object.entries(signed(body, seconds, `${form}; charset=UTF-8`)).map(([name, value]) => [
      name.toUpperCase(),
      value,
    ]),
  );
  expect(await open(gatewayEvent(body, { ...headers, 'Content-Length': '9' }))).toEqual({ statusCode: 200 });
  expect(let_in).toMatchObject([{ body, isBase64Encoded: false, headers: { 'content-type': form } }]);
  expect(let_in[0]?.headers).not.toHaveProperty('content-length');
});

test('lets in JSON with characters beyond ASCII, in base64 or not', async () => {
  const { open, let_in } = door();
  const json = JSON.stringify({ type: 'event_callback', text: '日本語 🔥' });
  const headers = signed(json, seconds, 'application/json; charset=utf-8');
  await open(gatewayEvent(json, headers));
  await open({ ...gatewayEvent(json, headers), body: json, isBase64Encoded: false });
  expect(let_in.map((event) => event.body)).toEqual([json, json]);
});

const bytes = Buffer.from(body);
const flipped = Buffer.from(body.replace('x', 'y'));
test.each<[string, object, number]>([
  ['no signature', gatewayEvent(body, { 'content-type': form }), 401],
  ['a wrong secret', gatewayEvent(body, signed(body, seconds, form, 'another')), 401],
  [
    'a signature of another length',
    gatewayEvent(body, { ...signed(body, seconds), 'x-slack-signature': 'v0=ab' }),
    401,
  ],
  [
    'a signature of another version',
    gatewayEvent(body, {
      ...signed(body, seconds),
      'x-slack-signature': signed(body, seconds)['x-slack-signature']?.replace('v0', 'v1') ?? '',
    }),
    401,
  ],
  ['a body that was changed', gatewayEvent(flipped, signed(body, seconds)), 401],
  ['a timestamp of six minutes ago', gatewayEvent(body, signed(body, seconds - 361)), 401],
  ['a timestamp in six minutes', gatewayEvent(body, signed(body, seconds + 361)), 401],
  [
    'a timestamp that is no number',
    gatewayEvent(body, { ...signed(body, seconds), 'x-slack-request-timestamp': 'NaN' }),
    401,
  ],
  [
    'a body of more than 512 KB',
    gatewayEvent('a'.repeat(600_000), signed('a'.repeat(600_000), seconds)),
    413,
  ],
  ['text', gatewayEvent(body, signed(body, seconds, 'text/plain')), 415],
  ['half a JSON object', gatewayEvent('{', signed('{', seconds, 'application/json')), 400],
  ['JSON that is no object', gatewayEvent('null', signed('null', seconds, 'application/json')), 400],
  ['an empty payload', gatewayEvent('payload=', signed('payload=', seconds)), 400],
  ['a payload that is no JSON', gatewayEvent('payload=%7B', signed('payload=%7B', seconds)), 400],
  ['no event to speak of', {}, 401],
  ['bytes that are no text', gatewayEvent(Buffer.from([0xff, 0xfe]), { 'content-type': form }), 401],
  ['a check for SSL without signature', gatewayEvent('ssl_check=1', { 'content-type': form }), 401],
])('refuses %s', async (_what, event, status) => {
  const { open, let_in } = door();
  expect(bytes.length).toBeGreaterThan(0);
  expect(await open(event)).toMatchObject({ statusCode: status, body: '' });
  expect(let_in).toEqual([]);
});

test('lets in timestamps of four minutes, either way', async () => {
  const { open, let_in } = door();
  await open(gatewayEvent(body, signed(body, seconds - 240)));
  await open(gatewayEvent(body, signed(body, seconds + 240)));
  expect(let_in).toHaveLength(2);
});

test('answers 500 and logs where the room behind throws, and never throws itself', async () => {
  const { open, lines } = door(() => Promise.reject(new Error('boom')));
  expect(await open(gatewayEvent(body, signed(body, seconds)))).toMatchObject({ statusCode: 500 });
  expect(lines.join()).toContain('boom');
});

describe('with Bolt behind the door', () => {
  let world: SlackWorld;
  beforeAll(async () => {
    world = await startSlackWorld({}, { unheardAfterMs: 50 });
  });
  afterAll(() => world.slack.close());

  const send = (text: string, contentType: string) =>
    world.handle(gatewayEvent(text, signed(text, undefined, contentType)));

  test('answers the challenge of a new address', async () => {
    const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
    const answer = await send(challenge, 'application/json; charset=utf-8');
    expect(answer).toMatchObject({ statusCode: 200, body: JSON.stringify({ challenge: 'abc' }) });
  });

  test.each([
    ['an unknown interaction', `payload=${encodeURIComponent('{"type":"nobody_knows"}')}`, form],
    ['an interaction without a team', `payload=${encodeURIComponent('{"type":"block_actions"}')}`, form],
    ['an empty object', '{}', 'application/json'],
    ['deeply nested JSON', `{"a":${'['.repeat(2_000)}${']'.repeat(2_000)}}`, 'application/json'],
  ])(
    'answers %s without throwing',
    async (_what, text, contentType) => {
      const answer = await send(text, contentType);
      expect(answer.statusCode).toBeGreaterThanOrEqual(200);
      expect(answer.statusCode).toBeLessThan(600);
    },
    10_000,
  );

  test('prints nothing of a body, whatever comes', async () => {
    const secret = 'ghp_MARKERmarkerMARKER';
    await send(
      `payload=${encodeURIComponent(JSON.stringify({ type: 'view_submission', view: { secret } }))}`,
      form,
    );
    await world.handle(gatewayEvent(`payload=${secret}`, { 'content-type': form }));
    expect(world.lines.join('\n')).not.toContain('MARKER');
  }, 10_000);
});
