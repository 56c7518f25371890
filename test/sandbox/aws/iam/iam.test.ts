import { SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { createIam, type Iam } from '../../../../sandbox/aws/iam/iam.ts';
import { createSecrets, type Secrets } from '../../../../sandbox/aws/secrets/secrets.ts';
import type { AwsServer } from '../../../../sandbox/aws/server.ts';
import { createHandClock } from '../hand-clock.ts';
import { failureOf, sdkClients } from '../sdk-clients.ts';
import { startStandIn } from '../start-stand-in.ts';

const role = 'arn:aws:iam::123456789012:role/service/mailer-execution';
const kmsKeyId = 'arn:aws:kms:eu-west-1:123456789012:key/k1';

let iam: Iam;
let secrets: Secrets;
let server: AwsServer;
let arn: string;

beforeEach(async () => {
  const clock = createHandClock();
  iam = createIam({ callers: { AKIDFRONT: role }, secretArn: (id) => secrets.arnOf(id) });
  const { permissions } = iam;
  secrets = createSecrets({ clock, account: '123456789012', region: 'eu-west-1', permissions });
  arn = secrets.create({ name: 'prod/ghcr', value: '{}', kmsKeyId }).arn;
  ({ server } = await startStandIn([iam.service, secrets.service], { clock, authorize: iam.authorize }));
});

afterEach(async () => {
  expect(server.problems).toEqual([]);
  await server.close();
});

test('everything is allowed until a rule says otherwise', async () => {
  expect(await decisions({ ResourceArns: [arn] })).toEqual([
    ['secretsmanager:GetSecretValue', arn, 'allowed'],
    ['kms:Decrypt', arn, 'allowed'],
  ]);
});

test('a denied action on one resource is told apart from the same on another', async () => {
  iam.deny('mailer-execution', 'secretsmanager:Get*', arn);
  const other = arn.replace('ghcr', 'hub');
  expect(await decisions({ ResourceArns: [arn, other] })).toEqual([
    ['secretsmanager:GetSecretValue', arn, 'implicitDeny'],
    ['secretsmanager:GetSecretValue', other, 'allowed'],
    ['kms:Decrypt', arn, 'allowed'],
    ['kms:Decrypt', other, 'allowed'],
  ]);
});

test('without a resource the question is about every resource', async () => {
  expect((await decisions({}))[0]).toEqual(['secretsmanager:GetSecretValue', '*', 'allowed']);
});

test('the last rule that fits decides', async () => {
  iam.deny(role, '*');
  iam.permissions.add({ role, action: 'kms:Decrypt', resource: '*', decision: 'allowed' });
  expect((await decisions({})).map(([, , decision]) => decision)).toEqual(['implicitDeny', 'allowed']);
  iam.permissions.clear();
  expect((await decisions({})).map(([, , decision]) => decision)).toEqual(['allowed', 'allowed']);
});

test('results come in pages', async () => {
  const first = await simulate({ MaxItems: 1 });
  expect(first).toMatchObject({ IsTruncated: true, EvaluationResults: [{}] });
  const second = await simulate({ MaxItems: 1, Marker: first.Marker });
  expect(second.IsTruncated).toBe(false);
  expect(second.EvaluationResults?.[0]?.EvalActionName).toBe('kms:Decrypt');
});

test('a role that is gone answers NoSuchEntity, under the name the SDK knows', async () => {
  iam.removeRole(role);
  expect(await failureOf(simulate({}))).toMatchObject({
    name: 'NoSuchEntityException',
    $metadata: { httpStatusCode: 404 },
  });
});

test('something that is no role, user or group is refused', async () => {
  expect(await failureOf(simulate({ PolicySourceArn: 'arn:aws:s3:::bucket' }))).toMatchObject({
    name: 'InvalidInputException',
  });
});

test('a caller is denied by the role of its access key, others are not', async () => {
  iam.deny(role, 'secretsmanager:PutSecretValue', arn);
  const put = new PutSecretValueCommand({ SecretId: 'prod/ghcr', SecretString: '{"a":1}' });
  const failure = await failureOf(sdkClients(server.url, { accessKeyId: 'AKIDFRONT' }).secrets.send(put));
  expect(failure.name).toBe('AccessDeniedException');
  expect(failure.message).toContain(`${role} is not authorized to perform: secretsmanager:PutSecretValue on`);
  await sdkClients(server.url, { accessKeyId: 'AKIDSTORE' }).secrets.send(put);
});

test('reading may be denied to a caller’s role while describing is not', async () => {
  iam.deny(role, 'secretsmanager:GetSecretValue');
  const { secrets: client } = sdkClients(server.url, { accessKeyId: 'AKIDFRONT' });
  const failure = await failureOf(client.send(new GetSecretValueCommand({ SecretId: arn })));
  expect(failure.name).toBe('AccessDeniedException');
});

test('the IAM client meets a throttled answer under the name it retries', async () => {
  server.faults.add({ kind: 'throttle', service: 'iam' });
  expect(await failureOf(simulate({}))).toMatchObject({ name: 'Throttling', message: 'Rate exceeded' });
});

test('a task’s role is denied in the words tasks quote', () => {
  iam.deny('mailer-execution', 'secretsmanager:GetSecretValue', arn);
  expect(() => secrets.reader.readCurrent(arn, role)).toThrow(
    `User: ${role} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn}`,
  );
  expect(secrets.reader.readCurrent(arn)).toBe('{}');
});

test('a task’s role needs the key of the secret too', () => {
  iam.deny(role, 'kms:Decrypt', kmsKeyId);
  expect(() => secrets.reader.readCurrent(arn, role)).toThrow('Access to KMS is not allowed');
});

test('a rule for every role holds for a reader that names none', () => {
  iam.deny('*', 'secretsmanager:GetSecretValue');
  expect(() => secrets.reader.readCurrent(arn)).toThrow('is not authorized');
});

interface Question {
  readonly PolicySourceArn?: string;
  readonly ResourceArns?: string[];
  readonly MaxItems?: number;
  readonly Marker?: string | undefined;
}

function simulate(question: Question) {
  const ActionNames = ['secretsmanager:GetSecretValue', 'kms:Decrypt'];
  const command = new SimulatePrincipalPolicyCommand({ PolicySourceArn: role, ActionNames, ...question });
  return sdkClients(server.url).iam.send(command);
}

async function decisions(question: Question) {
  const { EvaluationResults = [] } = await simulate(question);
  return EvaluationResults.map((one) => [one.EvalActionName, one.EvalResourceName, one.EvalDecision]);
}
