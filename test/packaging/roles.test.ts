import { readFileSync } from 'node:fs';
import { type FunctionName, functionNames } from '../../scripts/functions.ts';
import { rightsOf, roleOf, statementsOf } from './roles.ts';
import { makeTemplate, type Template } from './template.ts';

let template: Template;

beforeAll(() => {
  template = makeTemplate();
}, 30_000);

const slackSecret = expect.stringMatching(/:secret:ecs-rotate\/slack-\?{6}$/);

describe('the roles', () => {
  it('are one a function, none shared', () => {
    const roles = functionNames.map((name) => roleOf(template, name));
    expect(new Set(roles).size).toBe(functionNames.length);
    const made = Object.keys(template).filter((id) => template[id]?.Type === 'AWS::IAM::Role');
    expect(made.sort()).toEqual([...roles].sort());
  });

  it('may be taken on by Lambda only, and have no policies of others attached', () => {
    for (const name of functionNames) {
      const { AssumeRolePolicyDocument, ManagedPolicyArns } =
        template[roleOf(template, name)]?.Properties ?? {};
      expect(ManagedPolicyArns).toBeUndefined();
      expect(AssumeRolePolicyDocument).toEqual({
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      });
    }
  });

  it('name every action in full', () => {
    for (const { action } of allRights()) expect(action).toMatch(/^[a-z]+:[A-Za-z]+$/);
  });

  it('cannot run code elsewhere, stop an execution, delete anything, or write policies', () => {
    const dangerous =
      /^(ssm|sts|ec2|s3):|:(PassRole|RegisterTaskDefinition|RunTask|StartTask|ExecuteCommand|StopDurableExecution)$|:(Delete|Create(?!LogStream$)|Attach|Put(?!Item$|LogEvents$|SecretValue$))/;
    expect(allRights().filter(({ action }) => dangerous.test(action))).toEqual([]);
  });

  it('are limited to resources, except for what AWS cannot limit', () => {
    const unlimited = allRights().filter(({ resources }) => resources.includes('*'));
    expect(unlimited.map(({ name, action }) => `${name} ${action}`).sort()).toEqual([
      'check ecs:DescribeTaskDefinition',
      'check ecs:ListClusters',
      'check ecs:ListServices',
      'check ecs:ListTaskDefinitionFamilies',
      'check ecs:ListTasks',
      'rotation ecs:ListTasks',
    ]);
  });

  it('use keys of yours through Secrets Manager only', () => {
    for (const name of functionNames) {
      for (const { Action, Condition } of statementsOf(template, name)) {
        if (!Action.some((action) => action.startsWith('kms:'))) continue;
        expect(Condition).toEqual({ StringLike: { 'kms:ViaService': 'secretsmanager.*.amazonaws.com' } });
      }
    }
  });

  it('write records of their own kinds only', () => {
    const kinds = functionNames.map((name) => {
      const writing = statementsOf(template, name).filter(({ Action }) =>
        Action.includes('dynamodb:PutItem'),
      );
      return [name, writing.flatMap(({ Condition }) => Object.values(Condition ?? {})).flatMap(leadingKeys)];
    });
    expect(Object.fromEntries(kinds)).toEqual({
      slack: ['OPEN#*', 'ROTATION#*', 'ONCE#*'],
      desk: [],
      store: ['OPEN#*', 'HISTORY#*'],
      check: ['ROTATION#*', 'INVENTORY'],
      rotation: ['OPEN#*', 'ROTATION#*', 'ONCE#*'],
      keeper: ['OPEN#*', 'ROTATION#*', 'ONCE#*'],
    });
  });
});

describe('the rights over logins and services', () => {
  it('to store a value are the storing function’s alone', () => {
    expect(holdersOf('secretsmanager:PutSecretValue')).toEqual(['store']);
  });

  it('to read a value are the storing function’s and the checker’s, which may not read the Slack secret', () => {
    for (const name of functionNames) {
      const readable = rightsOf(template, name).get('secretsmanager:GetSecretValue') ?? [];
      if (name === 'store' || name === 'check') {
        expect(refusalsOf(name)).toContainEqual(
          expect.objectContaining({ Resource: { 'Fn::Sub': slackSecret } }),
        );
      } else {
        expect(readable).toEqual([slackSecret]);
      }
    }
  });

  it('to move labels are the workflow’s, and the keeper’s for all but the login in use', () => {
    expect(holdersOf('secretsmanager:UpdateSecretVersionStage')).toEqual(['rotation', 'keeper']);
    expect(refusalsOf('keeper')).toEqual([
      expect.objectContaining({
        Action: ['secretsmanager:UpdateSecretVersionStage'],
        Resource: '*',
        Condition: { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': 'AWSCURRENT' } },
      }),
    ]);
  });

  it('to restart services are the workflow’s alone', () => {
    expect(holdersOf('ecs:UpdateService')).toEqual(['rotation']);
  });

  it('are none at all for the function on the internet', () => {
    const rights = rightsOf(template, 'slack');
    expect([...rights.keys()].sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'lambda:InvokeFunction',
      'lambda:SendDurableExecutionCallbackSuccess',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
    ]);
    expect(rights.get('lambda:InvokeFunction')?.map((arn) => arn.split(':function:')[1])).toEqual([
      'ecs-rotate-dev-store',
      'ecs-rotate-dev-desk',
      'ecs-rotate-dev-rotation:*',
    ]);
  });

  it('follow the narrower reach of a stage', () => {
    const narrow = makeTemplate(
      {
        'deploy/settings.prod.yml': readFileSync('deploy/settings.example.yml', 'utf8'),
        'deploy/reach.prod.yml': [
          "services: ['arn:aws:ecs:*:*:service/prod/*']",
          "secrets: ['arn:aws:secretsmanager:*:*:secret:registry/*']",
          "keys: ['arn:aws:kms:*:*:key/k']",
          "roles: ['arn:aws:iam::*:role/ecs-*']",
          "sights: ['arn:aws:ecs:*:*:*/prod/*']",
        ].join('\n'),
      },
      'prod',
    );
    expect(rightsOf(narrow, 'rotation').get('ecs:UpdateService')).toEqual(['arn:aws:ecs:*:*:service/prod/*']);
    expect(rightsOf(narrow, 'store').get('secretsmanager:PutSecretValue')).toEqual([
      'arn:aws:secretsmanager:*:*:secret:registry/*',
    ]);
  }, 30_000);
});

describe('docs/security.md', () => {
  it('gives a reason for every action of every role, and for no other', () => {
    const rows = readFileSync('docs/security.md', 'utf8').matchAll(
      /^\| `(\w+)` \| `(\w+:\w+)` \| [^|]+ \| ([^|]+) \|$/gm,
    );
    const explained = [...rows].map(([, role, action, reason = '']) => {
      expect(reason.length).toBeGreaterThan(10);
      return `${role} ${action}`;
    });
    expect(explained.sort()).toEqual(
      allRights()
        .map(({ name, action }) => `${name} ${action}`)
        .sort(),
    );
  });
});

function allRights() {
  return functionNames.flatMap((name) =>
    [...rightsOf(template, name)].map(([action, resources]) => ({ name, action, resources })),
  );
}

function holdersOf(action: string): FunctionName[] {
  return functionNames.filter((name) => rightsOf(template, name).has(action));
}

function refusalsOf(name: FunctionName) {
  return statementsOf(template, name).filter(({ Effect }) => Effect === 'Deny');
}

function leadingKeys(operands: Readonly<Record<string, unknown>>): unknown {
  return operands['dynamodb:LeadingKeys'];
}
