import { settings } from '../../src/config/settings.ts';
import { complaint, read, slackKeys, staging, target } from './environment.ts';

describe('a wrong setting', () => {
  const wrong: readonly (readonly [string, string, RegExp])[] = [
    ['STAGE', 'Prod Env', /^it must be a short name/],
    ['TABLE', 'a b', /^it must be the name of a DynamoDB table/],
    ['CHANNEL', '#ops', /^it must be a channel id/],
    ['APPROVERS', '{', /^it is not valid JSON$/],
    ['APPROVERS', '[]', /^it must be of type object/],
    ['APPROVERS', '{}', /^it names nobody/],
    ['APPROVERS', '{"users":["@ben"]}', /^users\[0\] must be a Slack user id/],
    ['APPROVERS', '{"userGroupId":"platform"}', /^userGroupId must be the id of a Slack user group/],
    ['APPROVERS', '{"group":"S0APPROVE"}', /^it has the unknown key group/],
    ['REQUESTERS', '{"users":"U0AYA"}', /^users must be of type array/],
    ['EMERGENCY_GROUP', '{"users":[]}', /^it names nobody/],
    ['EMERGENCY', 'yes', /^it must be true or false/],
    ['APPROVALS', '3', /^it must be 0, 1 or 2/],
    ['APPROVALS', '-1', /^it must be a number/],
    ['APPROVAL_HOURS', '0', /^it must be from 0\.1 to 72/],
    ['REMIND_MINUTES', '0x10', /^it must be a number/],
    ['SLACK_TEAM', 'acme', /^it must be a workspace id/],
    ['COMMAND', 'ecs-rotate', /^it must be a slash and/],
    ['ENTRIES', '{"here":false,"stored":false,"inUse":false}', /^it leaves no way/],
    ['ENTRIES', '{"typed":true}', /^it has the unknown key typed/],
    ['TARGETS', '[]', /^it names no target/],
    ['TARGETS', '[{"id":"prod","region":"eu-west-1"}]', /^\[0\]\.account is missing/],
    [
      'TARGETS',
      JSON.stringify([{ ...target, account: 111122223333 }]),
      /^\[0\]\.account must be of type string/,
    ],
    ['TARGETS', JSON.stringify([{ ...target, account: '1' }]), /^\[0\]\.account must be the twelve digits/],
    ['TARGETS', JSON.stringify([{ ...target, region: 'Ireland' }]), /^\[0\]\.region must be a region/],
    ['TARGETS', JSON.stringify([{ ...target, id: 'a/b' }]), /^\[0\]\.id must be a short name/],
    ['TARGETS', JSON.stringify([target, { ...staging, id: 'prod' }]), /two targets with the same id/],
    [
      'TARGETS',
      JSON.stringify([target, { ...target, id: 'again' }]),
      /two targets for one account and region/,
    ],
    ['TARGETS', JSON.stringify([target, { ...staging, stage: 'A B' }]), /^\[1\]\.stage must be a short name/],
    ['TARGETS', JSON.stringify([{ ...target, approvals: 5 }]), /^\[0\]\.approvals must be 0, 1 or 2/],
    [
      'TARGETS',
      JSON.stringify([{ ...target, endpoint: 'ftp://x' }]),
      /^\[0\]\.endpoint must be an https address/,
    ],
    ['STORE_FUNCTION', 'a b', /^it must be the name or ARN of a function$/],
    ['CHECK_FUNCTION', 'a/b', /^it must be the name or ARN of a function$/],
    ['DESK_FUNCTION', 'a b', /^it must be the name or ARN of a function$/],
    ['ROTATION_FUNCTION', 'ecs-rotate-rotation', /with its alias/],
    ['ROTATION_FUNCTION', 'ecs-rotate-rotation:$LATEST', /with its alias/],
    ['REGISTRY_ENDPOINTS', '{"ghcr.io":"http://evil.example.com"}', /^ghcr\.io must be an https address/],
    [
      'REGISTRY_ENDPOINTS',
      '{"https://ghcr.io/":"https://r.example.com"}',
      /^it has a key that must be a host/,
    ],
    ['SLACK_API_URL', 'http://user:word@localhost/', /^it must be an https address/],
    ['LAMBDA_ENDPOINT', 'localhost:3002', /^it must be an https address/],
    ['DYNAMO_ENDPOINT', 'http://10.0.0.1:8000', /^it must be an https address/],
    ['LOG_LEVEL', 'DEBUG', /DEBUG is refused, for it prints requests/],
    ['SERVICE_LIMIT_MINUTES', '121', /^it must be from 1 to 120/],
    ['WAVE_PERCENT', '0', /^it must be from 1 to 100/],
  ];

  it.each(wrong)('ECS_ROTATE_%s=%s is named, with what is wrong', (name, value, problem) => {
    expect(complaint({ [`ECS_ROTATE_${name}`]: value })).toEqual({
      field: `ECS_ROTATE_${name}`,
      problem: expect.stringMatching(problem),
    });
  });

  it('of every kind is tried here', () => {
    const tried = new Set([...wrong.map(([name]) => `ECS_ROTATE_${name}`), ...slackKeys]);
    expect(
      Object.values(settings)
        .map(({ name }) => name)
        .filter((name) => !tried.has(name)),
    ).toEqual([]);
  });

  it('makes a sentence and a next step', () => {
    expect(() => read({ ECS_ROTATE_APPROVALS: '7' })).toThrow(
      expect.objectContaining({
        says: 'The setting ECS_ROTATE_APPROVALS is not valid: it must be 0, 1 or 2.',
        next: expect.stringContaining('docs/install.md'),
      }),
    );
  });
});
