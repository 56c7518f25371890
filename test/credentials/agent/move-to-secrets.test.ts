import {
  type MovableDefinition,
  type MoveRequest,
  planMove,
  type SecretPlace,
} from '../../../src/credentials/agent/move-to-secrets.ts';

const account = '111122223333';
const arn = `arn:aws:secretsmanager:eu-west-1:${account}:secret:prod/ghcr-pull-a1B2c3`;
const secret: SecretPlace = { account, region: 'eu-west-1', name: 'prod/ghcr-pull' };
const role = `arn:aws:iam::${account}:role/web-execution`;

function definition(
  family: string,
  images: Readonly<Record<string, string>>,
  executionRoleArn?: string,
): MovableDefinition {
  return {
    arn: `arn:aws:ecs:eu-west-1:${account}:task-definition/${family}:7`,
    family,
    ...(executionRoleArn && { executionRoleArn }),
    containers: Object.entries(images).map(([name, image]) => ({ name, image })),
  };
}

const web = definition(
  'web',
  { app: 'ghcr.io/acme/web:1', proxy: 'nginx', ecr: `${account}.dkr.ecr.eu-west-1.amazonaws.com/x` },
  role,
);
const mailer = definition('mailer', { app: 'ghcr.io/acme/mailer@sha256:ab', sidecar: 'ghcr.io/acme/log' });

function plan(request: Partial<MoveRequest> = {}) {
  return planMove({ key: 'ghcr.io', keys: ['ghcr.io'], secret, definitions: [web, mailer], ...request });
}

describe('moving to Secrets Manager (row S7)', () => {
  it('S7: names every container that is pulled with the login, in every task definition', () => {
    const { definitions } = plan();
    expect(definitions.map(({ family, containers }) => [family, containers.map(({ name }) => name)])).toEqual(
      [
        ['web', ['app']],
        ['mailer', ['app', 'sidecar']],
      ],
    );
  });

  it('S7: says of the others why they stay', () => {
    const own = { ...web, containers: [{ name: 'app', image: 'ghcr.io/acme/web', ownSecret: 'x' }] };
    expect(plan().left).toEqual([
      { family: 'web', container: 'proxy', because: 'other-login' },
      { family: 'web', container: 'ecr', because: 'ecr' },
    ]);
    expect(plan({ definitions: [own] })).toMatchObject({
      definitions: [],
      left: [{ family: 'web', container: 'app', because: 'has-its-own' }],
    });
  });

  it('S7: leaves to a longer key what it covers, and decides nothing by chance', () => {
    expect(plan({ keys: ['ghcr.io', 'ghcr.io/acme/web'] }).left).toContainEqual({
      family: 'web',
      container: 'app',
      because: 'other-login',
    });
    const byChance = plan({ key: 'ghcr.io/a', keys: ['ghcr.io/a', 'ghcr.io/b'], definitions: [mailer] });
    expect(byChance.definitions).toEqual([]);
    expect(byChance.left.map(({ because }) => because)).toEqual(['undecided', 'undecided']);
  });

  it('S7: covers Docker Hub by its one key', () => {
    const { definitions } = plan({ key: 'index.docker.io/v1/', keys: ['index.docker.io/v1/', 'ghcr.io'] });
    expect(definitions).toMatchObject([{ family: 'web', containers: [{ name: 'proxy', image: 'nginx' }] }]);
  });

  it('S7: gives the lines for a secret that exists', () => {
    const report = plan({ secret: { ...secret, arn }, definitions: [web] });
    expect(report.definitions[0]?.containers[0]).toEqual({
      name: 'app',
      image: 'ghcr.io/acme/web:1',
      json: `"repositoryCredentials": { "credentialsParameter": "${arn}" }`,
      terraform:
        'repositoryCredentials = { credentialsParameter = data.aws_secretsmanager_secret.prod_ghcr-pull.arn }',
    });
    expect(report.secret).toEqual({
      name: 'prod/ghcr-pull',
      value: '{"username":"USER NAME","password":"TOKEN"}',
      terraform: `data "aws_secretsmanager_secret" "prod_ghcr-pull" {\n  arn = "${arn}"\n}`,
    });
    expect(report.statements).toEqual([
      { Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: arn },
    ]);
  });

  it('S7: gives the lines for a secret to make, without a value in any of them', () => {
    const report = plan({ definitions: [web] });
    expect(report.definitions[0]?.containers[0]).toMatchObject({
      json: '"repositoryCredentials": { "credentialsParameter": "prod/ghcr-pull" }',
      terraform:
        'repositoryCredentials = { credentialsParameter = aws_secretsmanager_secret.prod_ghcr-pull.arn }',
    });
    expect(report.secret.command).toBe(
      'aws secretsmanager create-secret --region eu-west-1 --name prod/ghcr-pull --secret-string file://login.json',
    );
    expect(report.secret.terraform).toBe(
      'resource "aws_secretsmanager_secret" "prod_ghcr-pull" {\n  name = "prod/ghcr-pull"\n}',
    );
    expect(report.statements[0]?.Resource).toBe(
      `arn:aws:secretsmanager:eu-west-1:${account}:secret:prod/ghcr-pull-??????`,
    );
  });

  it('S7: gives JSON that a container takes', () => {
    const [container] = plan({ secret: { ...secret, arn } }).definitions[0]?.containers ?? [];
    expect(JSON.parse(`{${container?.json}}`)).toEqual({
      repositoryCredentials: { credentialsParameter: arn },
    });
  });

  it("S7: adds the right to a customer's key, in the partition of the account", () => {
    const kmsKeyArn = `arn:aws-cn:kms:cn-north-1:${account}:key/1`;
    const china = { account, region: 'cn-north-1', partition: 'aws-cn', name: '9pull', kmsKeyArn };
    const report = plan({ secret: china });
    expect(report.statements).toEqual([
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue'],
        Resource: `arn:aws-cn:secretsmanager:cn-north-1:${account}:secret:9pull-??????`,
      },
      { Effect: 'Allow', Action: ['kms:Decrypt'], Resource: kmsKeyArn },
    ]);
    expect(report.secret.command).toContain(`--kms-key-id ${kmsKeyArn}`);
    expect(report.secret.terraform).toContain(
      `"login_9pull" {\n  name = "9pull"\n  kms_key_id = "${kmsKeyArn}"`,
    );
  });

  it('S7: names each execution role once, and the families that have none', () => {
    const again = definition('again', { app: 'ghcr.io/acme/web:1' }, role);
    expect(plan({ definitions: [web, again, mailer] })).toMatchObject({
      roles: [role],
      withoutRole: ['mailer'],
    });
  });
});
