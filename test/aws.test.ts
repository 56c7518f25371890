import { ListClustersCommand } from '@aws-sdk/client-ecs';
import { createAws } from '../src/aws.ts';
import { askAws, awsProblem, awsText } from '../src/aws-errors.ts';
import { isRotateError, RotateError } from '../src/errors.ts';

const target = (id: string, region: string) => ({ id, region, account: '111122223333', stage: 'production' });
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe('createAws', () => {
  const aws = createAws({
    targets: [target('prod', 'eu-west-1'), { ...target('far', 'us-east-1'), endpoint: 'http://127.0.0.1:9' }],
    endpoint: 'http://127.0.0.1:8',
    credentials,
  });

  test('makes one client for a target, in its region', async () => {
    expect(aws.ecs('prod')).toBe(aws.ecs('prod'));
    expect(aws.ecs('prod')).not.toBe(aws.ecs('far'));
    expect(aws.ecs('prod')).not.toBe(aws.ecsOnce('prod'));
    expect(await aws.secrets('far').config.region()).toBe('us-east-1');
    expect(await aws.iam('prod').config.region()).toBe('eu-west-1');
  });

  test("goes to a target's own endpoint before the common one", async () => {
    const portOf = async (id: string) => (await aws.ecs(id).config.endpoint?.())?.port;
    expect([await portOf('prod'), await portOf('far')]).toEqual([8, 9]);
  });

  test('shares nothing with another one', () => {
    const other = createAws({ targets: aws.targets, credentials });
    expect(other.ecs('prod')).not.toBe(aws.ecs('prod'));
  });

  test('refuses a target that is not configured', () => {
    expect(() => aws.secrets('moon')).toThrow(expect.objectContaining({ code: 'target-unknown' }));
  });

  test('gives up where nobody listens, and says so', async () => {
    const client = createAws({ ...aws, endpoint: 'http://127.0.0.1:1', maxAttempts: 1, credentials }).ecs(
      'prod',
    );
    const facts = { action: 'ecs:ListClusters', resource: 'prod' };
    const call = askAws(facts, () => client.send(new ListClustersCommand({})));
    const error: unknown = await call.catch((caught: unknown) => caught);
    expect(isRotateError(error, 'aws-failed') && error.says).toContain('ecs:ListClusters on prod');
  });
});

describe('askAws', () => {
  const facts = { action: 'secretsmanager:GetSecretValue', resource: 'arn:x', name: 'prod/x' };
  const failing = (error: unknown, more = {}) =>
    askAws({ ...facts, ...more }, () => Promise.reject(error)).catch((caught: unknown) => caught);
  const named = (name: string) => Object.assign(new Error('in AWS words'), { name });

  test.each([
    ['AccessDeniedException', 'aws-denied'],
    ['AccessDenied', 'aws-denied'],
    ['ThrottlingException', 'aws-throttled'],
    ['TooManyRequestsException', 'aws-throttled'],
    ['ProvisionedThroughputExceededException', 'aws-throttled'],
    ['ResourceNotFoundException', 'secret-missing'],
    ['ExpiredTokenException', 'aws-failed'],
    ['InternalServiceError', 'aws-failed'],
    ['TimeoutError', 'aws-failed'],
  ])('takes %s for %s', async (name, code) => {
    const error = await failing(named(name));
    expect(isRotateError(error) && [error.code, error.facts]).toEqual([code, { ...facts, problem: name }]);
    expect(awsProblem(error)).toBe(name);
    expect(awsText(error)).toBe('in AWS words');
  });

  test('does not call a table that is missing a secret', async () => {
    const error = await failing(named('ResourceNotFoundException'), { action: 'dynamodb:GetItem' });
    expect(isRotateError(error, 'aws-failed')).toBe(true);
  });

  test('names what kept a connection from being made', async () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(awsProblem(await failing(refused))).toBe('ECONNREFUSED');
  });

  test('copes with what is no error at all', async () => {
    expect(isRotateError(await failing('a text'), 'aws-failed')).toBe(true);
    expect(awsProblem('a text')).toBeUndefined();
    expect(awsText('a text')).toBe('');
  });

  test('passes our own errors on as they are', async () => {
    const own = new RotateError('secret-empty', { name: 'prod/x' });
    expect(await failing(own)).toBe(own);
  });

  test('keeps the request id and not the words where a value went over the wire', async () => {
    const $metadata = { requestId: 'r-1' };
    const error = await failing(Object.assign(named('InternalFailure'), { $metadata }), {
      carriesValue: true,
    });
    expect(awsText(error)).toBe('InternalFailure (request r-1)');
  });
});
