import { type Slack, startSlack } from '../../sandbox/slack/start-slack.ts';
import { wallClock } from '../../src/clock.ts';
import { createDeskHandler } from '../../src/functions/desk.ts';
import { createSlackHandler, handler } from '../../src/functions/slack.ts';
import { gatewayEvent, signed } from '../slack/slack-world.ts';

let slack: Slack;
let env: Record<string, string>;

beforeAll(async () => {
  let handle: ReturnType<typeof createSlackHandler> | undefined;
  slack = await startSlack({
    clock: wallClock,
    signingSecret: 'signing-secret',
    people: [{ id: 'U0AYA', name: 'aya', realName: 'Aya' }],
    channels: [{ id: 'C0OPS', name: 'ops' }],
    userGroups: [{ id: 'S0APPROVERS', handle: 'approvers', name: 'Approvers', users: ['U0AYA'] }],
    async deliver({ headers, body, path }) {
      handle ??= createSlackHandler({ env });
      const answer = await handle(gatewayEvent(body, headers, path));
      return { status: answer.statusCode, headers: { ...answer.headers }, body: answer.body ?? '' };
    },
  });
  env = {
    ECS_ROTATE_STAGE: 'test',
    ECS_ROTATE_TABLE: 'ecs-rotate',
    ECS_ROTATE_CHANNEL: 'C0OPS',
    ECS_ROTATE_APPROVERS: JSON.stringify({ userGroupId: 'S0APPROVERS' }),
    ECS_ROTATE_SLACK_TEAM: 'T0SANDBOX',
    ECS_ROTATE_TARGETS: JSON.stringify([{ id: 'main', region: 'eu-west-1', account: '111122223333' }]),
    ECS_ROTATE_STORE_FUNCTION: 'store',
    ECS_ROTATE_CHECK_FUNCTION: 'check',
    ECS_ROTATE_DESK_FUNCTION: 'desk',
    ECS_ROTATE_ROTATION_FUNCTION: 'rotation:durable',
    ECS_ROTATE_SLACK_SIGNING_SECRET: 'signing-secret',
    ECS_ROTATE_SLACK_BOT_TOKEN: 'xoxb-test',
    ECS_ROTATE_SLACK_API_URL: slack.apiUrl.replace(/\/$/, ''),
  };
});

afterAll(() => slack.close());

test('answers a command as wired from the environment', async () => {
  expect(await slack.as('U0AYA').command('/ecs-rotate', 'help', '#ops')).toEqual({ kind: 'ok' });
  expect(slack.privateTo('U0AYA').map((message) => slack.textOf(message))).toEqual([
    expect.stringContaining('/ecs-rotate status'),
  ]);
});

test('refuses what Slack did not sign', async () => {
  const handle = createSlackHandler({ env });
  const body = 'command=%2Fecs-rotate';
  const forged = gatewayEvent(body, signed(body, undefined, undefined, 'another secret'));
  expect(await handle(forged)).toMatchObject({ statusCode: 401 });
});

test('names a setting that is missing, and is a handler that Node 24 on Lambda takes', () => {
  const { ECS_ROTATE_SLACK_TEAM: _left, ...rest } = env;
  expect(() => createSlackHandler({ env: rest })).toThrow(/ECS_ROTATE_SLACK_TEAM/);
  // Three parameters would be a callback handler, which the runtime refuses.
  expect(handler.length).toBeLessThan(3);
});

test('the desk refuses an event of another form without quoting it', async () => {
  const desk = createDeskHandler({ env });
  const refusal = desk({ do: 'something', password: 'MARKER' });
  await expect(refusal).rejects.toThrow(/unexpected/);
  await expect(refusal).rejects.not.toThrow(/MARKER/);
});
