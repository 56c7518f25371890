import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { settings } from '../src/config/settings.ts';
import { approvalsNeeded } from '../src/config.ts';
import { complaint, least, read, slackKeys, staging, target } from './config/environment.ts';

describe('the configuration', () => {
  it('needs eleven settings and fills in the others', () => {
    expect(read()).toEqual({
      stage: 'prod',
      tableName: 'ecs-rotate',
      defaultChannel: 'C0OPS0001',
      approvers: { userGroupId: 'S0APPROVE', users: [] },
      requesters: { users: [] },
      emergencyEnabled: false,
      approvals: 1,
      approvalHours: 4,
      remindMinutes: 30,
      allowedTeamId: 'T0ACME001',
      commandName: '/ecs-rotate',
      entries: { here: true, stored: true, inUse: true },
      targets: [{ ...target, stage: 'production' }],
      functions: {
        store: 'ecs-rotate-store',
        check: 'ecs-rotate-check',
        desk: 'ecs-rotate-desk',
        rotation: 'ecs-rotate-rotation:live',
      },
      registryEndpoints: {},
      slack: { from: 'secrets-manager', secretId: 'ecs-rotate/slack' },
      logLevel: 'INFO',
      serviceLimitMinutes: 15,
      waveSizePercent: 20,
    });
  });

  it('takes what is set', () => {
    const config = read({
      ECS_ROTATE_REQUESTERS: '{"users":["U0AYA"]}',
      ECS_ROTATE_EMERGENCY_GROUP: '{"userGroupId":"S0ONCALL","users":["U0KIM"]}',
      ECS_ROTATE_EMERGENCY: 'true',
      ECS_ROTATE_APPROVALS: '2',
      ECS_ROTATE_APPROVAL_HOURS: '0.5',
      ECS_ROTATE_REMIND_MINUTES: '10',
      ECS_ROTATE_COMMAND: '/ecs-rotate-dev',
      ECS_ROTATE_ENTRIES: '{"here":false}',
      ECS_ROTATE_TARGETS: JSON.stringify([target, { ...staging, endpoint: 'http://127.0.0.1:4566' }]),
      ECS_ROTATE_STORE_FUNCTION: 'arn:aws:lambda:eu-west-1:111122223333:function:store:live',
      ECS_ROTATE_REGISTRY_ENDPOINTS: '{"ghcr.io":"http://localhost:5001"}',
      ECS_ROTATE_SLACK_API_URL: 'http://127.0.0.1:3001/api/',
      ECS_ROTATE_LAMBDA_ENDPOINT: 'http://127.0.0.1:3002',
      ECS_ROTATE_DYNAMO_ENDPOINT: 'http://127.0.0.1:3003',
      ECS_ROTATE_LOG_LEVEL: 'WARN',
      ECS_ROTATE_SERVICE_LIMIT_MINUTES: '5',
      ECS_ROTATE_WAVE_PERCENT: '50',
    });
    expect(config).toMatchObject({
      requesters: { users: ['U0AYA'] },
      emergencyGroup: { userGroupId: 'S0ONCALL', users: ['U0KIM'] },
      emergencyEnabled: true,
      approvals: 2,
      approvalHours: 0.5,
      remindMinutes: 10,
      commandName: '/ecs-rotate-dev',
      entries: { here: false, stored: true, inUse: true },
      targets: [{ id: 'prod' }, { stage: 'staging', approvals: 0, endpoint: 'http://127.0.0.1:4566' }],
      functions: { store: 'arn:aws:lambda:eu-west-1:111122223333:function:store:live' },
      registryEndpoints: { 'ghcr.io': 'http://localhost:5001' },
      slack: { apiUrl: 'http://127.0.0.1:3001/api/' },
      lambdaEndpoint: 'http://127.0.0.1:3002',
      dynamoEndpoint: 'http://127.0.0.1:3003',
      logLevel: 'WARN',
      serviceLimitMinutes: 5,
      waveSizePercent: 50,
    });
  });

  it.each(Object.keys(least))('says that %s is missing, also where it is empty', (field) => {
    const missing = { field, problem: 'it is missing' };
    expect(complaint({ [field]: undefined })).toEqual(missing);
    expect(complaint({ [field]: ' ' })).toEqual(missing);
  });

  it('takes an empty optional setting for one that is not set', () => {
    const optional = Object.values(settings).filter(({ name }) => !(name in least));
    expect(read(Object.fromEntries(optional.map(({ name }) => [name, ''])))).toEqual(read());
  });
});

describe('access to Slack', () => {
  const [secret = '', signing = '', bot = ''] = slackKeys;

  it('may come from the environment, and is then printed by nothing', () => {
    const { slack } = read({ [secret]: '', [signing]: 'sign-marker', [bot]: 'xoxb-marker' });
    expect(slack.from === 'environment' && [slack.signingSecret.reveal(), slack.botToken.reveal()]).toEqual([
      'sign-marker',
      'xoxb-marker',
    ]);
    expect(
      JSON.stringify(slack) + inspect(slack, { showHidden: true, depth: 9 }) + String(slack),
    ).not.toContain('marker');
  });

  it('needs both values of the environment', () => {
    expect(complaint({ [secret]: '', [signing]: 'marker' })).toMatchObject({ field: bot });
    expect(complaint({ [secret]: '', [bot]: 'marker' })).toMatchObject({ field: signing });
  });

  it('does not mix both sources', () => {
    expect(complaint({ [bot]: 'marker' })).toMatchObject({ field: secret });
  });

  it('never stands in an error, nor does any other value', () => {
    for (const { name } of Object.values(settings)) {
      for (const value of [
        '{"marker',
        '"MARKER!"',
        'marker marker',
        '[{"id":"MARKER!"}]',
        '{"users":["MARKER!"]}',
      ]) {
        expect(JSON.stringify(complaint({ [secret]: '', [name]: value }) ?? '')).not.toMatch(/marker/i);
      }
    }
  });
});

describe('who must approve', () => {
  const two = JSON.stringify([target, staging]);

  it('is the most that any target asks for', () => {
    const config = read({ ECS_ROTATE_TARGETS: two, ECS_ROTATE_APPROVALS: '2' });
    expect(approvalsNeeded(config, ['staging'])).toBe(0);
    expect(approvalsNeeded(config, ['staging', 'prod'])).toBe(2);
    expect(approvalsNeeded(config, [])).toBe(2);
  });

  it('must be able to reach that number', () => {
    const one = { ECS_ROTATE_APPROVERS: '{"users":["U0BEN","U0BEN"]}', ECS_ROTATE_APPROVALS: '2' };
    expect(complaint(one)).toMatchObject({
      field: 'ECS_ROTATE_APPROVERS',
      problem: expect.stringContaining('fewer people than the 2'),
    });
    expect(complaint({ ...one, ECS_ROTATE_APPROVALS: '1' })).toBeUndefined();
  });

  it('may be left out in an emergency only by a group that is named', () => {
    expect(complaint({ ECS_ROTATE_EMERGENCY: 'true' })).toMatchObject({
      field: 'ECS_ROTATE_EMERGENCY_GROUP',
    });
    expect(read({ ECS_ROTATE_EMERGENCY_GROUP: '{"users":["U0KIM"]}' }).emergencyEnabled).toBe(false);
  });
});

describe('docs/install.md', () => {
  it('has a row for every setting, and none that is not read', () => {
    const rows = readFileSync('docs/install.md', 'utf8').match(/^\| `(ECS_ROTATE_\w+)`/gm) ?? [];
    const documented = rows.map((row) => row.replace(/[|` ]/g, ''));
    expect(documented.sort()).toEqual(
      Object.values(settings)
        .map(({ name }) => name)
        .sort(),
    );
  });
});
