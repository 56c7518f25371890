import { BatchGetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { failureOf } from '../sdk-clients.ts';
import { name, type SecretsUnderTest, startSecrets, token } from './start-secrets.ts';

let world: SecretsUnderTest;

beforeEach(async () => {
  world = await startSecrets();
});

afterEach(async () => {
  expect(world.problems).toEqual([]);
  await world.close();
});

describe('GetSecretValue', () => {
  test('reads AWSCURRENT unless told otherwise', async () => {
    expect(await world.get()).toMatchObject({
      ARN: world.arn,
      Name: name,
      VersionId: world.firstId,
      SecretString: 'first',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: new Date(world.clock.now()),
    });
  });

  test('reads a version by its label, by its id, and by both where they agree', async () => {
    await world.put({ ClientRequestToken: token(2), VersionStages: ['pending'] });
    const both = { VersionId: token(2), VersionStage: 'pending' };
    for (const input of [both, { VersionId: token(2) }, { VersionStage: 'pending' }]) {
      expect((await world.get(input)).SecretString).toBe('second');
    }
  });

  test('refuses a label and an id that disagree', async () => {
    const failure = await failureOf(world.get({ VersionId: world.firstId, VersionStage: 'pending' }));
    expect(failure.name).toBe('InvalidRequestException');
  });

  test.each([
    ['a label nobody has', { VersionStage: 'AWSPENDING' }, 'staging label: AWSPENDING'],
    ['a version that is not there', { VersionId: token(9) }, `VersionId: ${token(9)}`],
    ['a secret that is not there', { SecretId: 'none' }, "can't find the specified secret."],
  ])('does not find %s', async (_what, input, says) => {
    const failure = await failureOf(world.get(input));
    expect(failure.name).toBe('ResourceNotFoundException');
    expect(failure.message).toContain(says);
  });
});

describe('naming a secret', () => {
  test.each([
    ['its name', 'prod/ghcr'],
    ['its whole ARN', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/ghcr-AbCdEf'],
    ['its ARN without the suffix', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/ghcr'],
  ])('finds it by %s', async (_what, SecretId) => {
    expect((await world.get({ SecretId })).SecretString).toBe('first');
  });

  test.each([
    ['another region’s ARN', 'arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/ghcr-AbCdEf'],
    ['another suffix', 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/ghcr-XxXxXx'],
    ['the name with the suffix', 'prod/ghcr-AbCdEf'],
  ])('does not find it by %s', async (_what, SecretId) => {
    expect((await failureOf(world.get({ SecretId }))).name).toBe('ResourceNotFoundException');
  });

  test('a name that ends in a hyphen and six characters is not found by its partial ARN', async () => {
    const { arn } = world.secrets.create({ name: 'ci-runner', value: 'x', suffix: 'AbCdEf' });
    const partial = arn.slice(0, -'-AbCdEf'.length);
    expect((await failureOf(world.get({ SecretId: partial }))).name).toBe('ResourceNotFoundException');
    expect((await world.get({ SecretId: 'ci-runner' })).SecretString).toBe('x');
    expect((await world.get({ SecretId: arn })).SecretString).toBe('x');
  });
});

describe('eventual consistency', () => {
  test('for a while after a move AWSCURRENT still reads as the old version, for tasks too', async () => {
    world.secrets.setReadLag(2000);
    await world.put({ ClientRequestToken: token(2) });
    world.clock.advance(1999);
    expect(await world.get()).toMatchObject({ VersionId: world.firstId, VersionStages: ['AWSCURRENT'] });
    expect(world.secrets.reader.readCurrent(world.arn)).toBe('first');
    world.clock.advance(1);
    expect((await world.get()).VersionId).toBe(token(2));
    expect(world.secrets.reader.readCurrent(world.arn)).toBe('second');
  });

  test('a version read by its id never lags', async () => {
    world.secrets.setReadLag(2000);
    await world.put({ ClientRequestToken: token(2) });
    expect((await world.get({ VersionId: token(2) })).SecretString).toBe('second');
  });

  test('a new secret can be read at once', async () => {
    world.secrets.setReadLag(2000);
    world.secrets.create({ name: 'new', value: 'x' });
    expect((await world.get({ SecretId: 'new' })).SecretString).toBe('x');
  });
});

describe('the reader of tasks', () => {
  test('reads what is in force at that moment, by name or ARN', () => {
    world.secrets.putByHand(name, 'second');
    expect(world.secrets.reader.readCurrent(name)).toBe('second');
    expect(world.secrets.reader.readCurrent(world.arn)).toBe('second');
  });

  test('fails as GetSecretValue would', () => {
    world.secrets.markForDeletion(name);
    expect(() => world.secrets.reader.readCurrent(name)).toThrow('marked for deletion');
    expect(() => world.secrets.reader.readCurrent('none')).toThrow("can't find the specified secret");
  });

  test('takes bytes for nothing, as the ECS agent does', async () => {
    await world.put({ SecretString: undefined, SecretBinary: Buffer.from('{}') });
    expect(world.secrets.reader.readCurrent(name)).toBe('');
  });
});

describe('BatchGetSecretValue', () => {
  test('gives what can be read and says why the rest cannot', async () => {
    const batch = await world.client.send(new BatchGetSecretValueCommand({ SecretIdList: [name, 'none'] }));
    expect(batch.SecretValues).toMatchObject([{ Name: name, SecretString: 'first' }]);
    expect(batch.Errors).toMatchObject([{ SecretId: 'none', ErrorCode: 'ResourceNotFoundException' }]);
  });

  test('reads by filters', async () => {
    world.secrets.create({ name: 'staging/ghcr', value: 'x' });
    const Filters = [{ Key: 'name' as const, Values: ['staging/'] }];
    const batch = await world.client.send(new BatchGetSecretValueCommand({ Filters }));
    expect(batch.SecretValues?.map(({ Name }) => Name)).toEqual(['staging/ghcr']);
  });

  test('refuses more than twenty, and ids together with filters', async () => {
    const SecretIdList = Array.from({ length: 21 }, () => name);
    const many = new BatchGetSecretValueCommand({ SecretIdList });
    expect((await failureOf(world.client.send(many))).name).toBe('ValidationException');
    const both = new BatchGetSecretValueCommand({
      SecretIdList: [name],
      Filters: [{ Key: 'all', Values: ['x'] }],
    });
    expect((await failureOf(world.client.send(both))).name).toBe('InvalidParameterException');
  });
});
