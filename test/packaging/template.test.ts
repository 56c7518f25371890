import { readFileSync } from 'node:fs';
import { functionNames } from '../../scripts/functions.ts';
import { settings } from '../../src/config/settings.ts';
import { readConfig } from '../../src/config.ts';
import { tableDefinition } from '../../src/records/table.ts';
import { makeTemplate, type Resource, type Template } from './template.ts';

let template: Template;

beforeAll(() => {
  template = makeTemplate();
}, 30_000);

describe('the template of the delivered settings', () => {
  it('has the functions that are built, and no other', () => {
    const handlers = ofType('AWS::Lambda::Function').map(({ Properties }) => Properties.Handler);
    expect(handlers.sort()).toEqual(functionNames.map((name) => `dist/${name}/index.handler`).sort());
  });

  it('runs every function on Node 24 on arm64 and keeps its log as JSON for a limited time', () => {
    for (const { Properties } of ofType('AWS::Lambda::Function')) {
      expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      expect(Properties.LoggingConfig).toMatchObject({ LogFormat: 'JSON', ApplicationLogLevel: 'INFO' });
    }
    const logs = ofType('AWS::Logs::LogGroup').map(({ Properties }) => Properties);
    expect(logs.map(({ LogGroupName }) => LogGroupName).sort()).toEqual(
      functionNames.map((name) => `/aws/lambda/ecs-rotate-dev-${name}`).sort(),
    );
    for (const log of logs) expect(log.RetentionInDays).toBe(90);
  });

  it('puts one route on the internet, which leads to the slack function', () => {
    expect(ofType('AWS::ApiGatewayV2::Route')).toHaveLength(1);
    expect(properties('HttpApiRoutePostSlackEvents').RouteKey).toBe('POST /slack/events');
    expect(JSON.stringify(properties('HttpApiIntegrationSlack'))).toContain('SlackLambdaFunction');
    expect(ofType('AWS::Lambda::Url')).toEqual([]);
  });

  it('slows a flood of requests down', () => {
    const { DefaultRouteSettings } = properties('HttpApiStage');
    expect(DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 });
  });

  it('makes the workflow durable for 90 days, and calls it by the alias the other functions are told', () => {
    const { DurableConfig, Environment } = properties('RotationLambdaFunction');
    expect(DurableConfig).toMatchObject({ ExecutionTimeout: 90 * 24 * 3600, RetentionPeriodInDays: 30 });
    const [alias] = ofType('AWS::Lambda::Alias');
    expect(Environment).toMatchObject({
      Variables: { ECS_ROTATE_ROTATION_FUNCTION: `ecs-rotate-dev-rotation:${alias?.Properties.Name}` },
    });
    expect(ofType('AWS::Lambda::Version').map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain']);
  });

  it('gives whoever waits for another function more time than that one has', () => {
    const secondsOf = (id: string) => Number(properties(`${id}LambdaFunction`).Timeout);
    for (const waiting of ['Rotation', 'Desk'])
      expect(secondsOf(waiting)).toBeGreaterThan(secondsOf('Check'));
  });

  it('scans every hour, keeps every five minutes, and keeps when an execution of the workflow ends badly', () => {
    const rules = ofType('AWS::Events::Rule').map(({ Properties }) => Properties);
    const targetOf = (schedule: string) =>
      JSON.stringify(rules.find(({ ScheduleExpression }) => ScheduleExpression === schedule)?.Targets);
    expect(targetOf('rate(1 hour)')).toContain('CheckLambdaFunction');
    expect(targetOf('rate(1 hour)')).toContain(JSON.stringify('{"do":"scan"}'));
    expect(targetOf('rate(5 minutes)')).toContain('KeeperLambdaFunction');
    const told = rules.find(({ EventPattern }) => EventPattern !== undefined);
    expect(JSON.stringify(told?.Targets)).toContain('KeeperLambdaFunction');
    expect(told?.EventPattern).toEqual({
      source: ['aws.lambda'],
      'detail-type': ['Durable Execution Status Change'],
      detail: {
        status: ['FAILED', 'TIMED_OUT', 'STOPPED'],
        functionArn: [{ prefix: { 'Fn::GetAtt': ['RotationLambdaFunction', 'Arn'] } }],
      },
    });
  });

  it('makes the table of the records, with backups, and keeps it when the stack goes', () => {
    const { TableName: _, ...definition } = tableDefinition('any');
    expect(template.Table).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(properties('Table')).toMatchObject({
      ...definition,
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });
});

describe('the environment', () => {
  it('sets every setting but those for the sandbox, the same for every function', () => {
    const sandboxOnly = /_(SIGNING_SECRET|BOT_TOKEN|API_URL|ENDPOINTS?)$/;
    const names = Object.values(settings).map(({ name }) => name);
    const expected = names.filter((name) => !sandboxOnly.test(name)).sort();
    for (const name of functionNames) {
      const set = Object.keys(environmentOf(template, name)).filter((key) => key.startsWith('ECS_ROTATE_'));
      expect(set.sort()).toEqual(expected);
    }
  });

  it('takes each setting from the one of the same name in the settings file, which docs/install.md promises', () => {
    const lines = readFileSync('deploy/environment.yml', 'utf8').matchAll(
      /^ECS_ROTATE_(\w+): \$\{param:(\w+)/gm,
    );
    const pairs = [...lines].map(([, name = '', param]) => [camelCased(name), param]);
    expect(pairs.length).toBeGreaterThan(10);
    for (const [expected, param] of pairs) expect(param).toBe(expected);
    const example = readFileSync('deploy/settings.example.yml', 'utf8');
    for (const [, param] of pairs) expect(example).toMatch(new RegExp(`^(# )?${param}: `, 'm'));
  });

  it('is a configuration the functions accept, with the settings of the stage', () => {
    const ours = makeTemplate({ 'deploy/settings.prod.yml': stageSettings }, 'prod');
    const config = readConfig({ ...environmentOf(ours, 'rotation'), ECS_ROTATE_TABLE: 'any-table' });
    expect(config).toMatchObject({
      stage: 'prod',
      approvals: 2,
      approvers: { userGroupId: 'S0OURS' },
      requesters: { users: ['U0AYA'] },
      emergencyEnabled: false,
      commandName: '/ecs-rotate',
      slack: { from: 'secrets-manager', secretId: 'our/slack' },
      functions: { store: 'ecs-rotate-prod-store', rotation: 'ecs-rotate-prod-rotation:durable' },
    });
    const { SSESpecification } = ours.Table?.Properties ?? {};
    expect(JSON.stringify(SSESpecification)).toContain('arn:aws:kms:eu-north-1:111122223333:key/k');
    expect(JSON.stringify(ours.RotationLambdaFunction?.Properties.DurableConfig)).toContain(':key/k');
  }, 30_000);
});

const stageSettings = `
region: eu-north-1
logDays: 30
slackSecret: our/slack
slackTeam: T0OURS
channel: C0OURS
approvers: '{"userGroupId":"S0OURS"}'
requesters: '{"users":["U0AYA"]}'
approvals: 2
emergency: false
targets: '[{"id":"prod","region":"eu-north-1","account":"111122223333"}]'
dataKey: arn:aws:kms:eu-north-1:111122223333:key/k
`;

function camelCased(name: string): string {
  return name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function ofType(type: string): Resource[] {
  return Object.values(template).filter(({ Type }) => Type === type);
}

function properties(id: string): Resource['Properties'] {
  return template[id]?.Properties ?? {};
}

function environmentOf(from: Template, name: string): Record<string, string> {
  const { Environment } =
    Object.values(from).find(({ Properties }) => Properties.Handler === `dist/${name}/index.handler`)
      ?.Properties ?? {};
  // Lambda's Environment; the one value that is no text, the table's name, is set by each test.
  return (Environment as { readonly Variables: Record<string, string> }).Variables;
}
