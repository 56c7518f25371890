import {
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DeleteSecretCommand,
  type DeleteSecretCommandInput,
  RestoreSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-secrets-manager';
import { failureOf } from '../sdk-clients.ts';
import { name, type SecretsUnderTest, startSecrets, token } from './start-secrets.ts';

const dayMs = 24 * 60 * 60 * 1000;

let world: SecretsUnderTest;

beforeEach(async () => {
  world = await startSecrets();
});

afterEach(async () => {
  expect(world.problems).toEqual([]);
  await world.close();
});

describe('CreateSecret', () => {
  test('gives an ARN with six characters after the name, and a first version in force', async () => {
    const created = await create({ Name: 'new', SecretString: 'x', Tags: [{ Key: 'a', Value: 'b' }] });
    expect(created.ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:new-[A-Za-z0-9]{6}$/);
    expect((await world.get({ SecretId: 'new' })).VersionId).toBe(created.VersionId);
    expect((await world.describe('new')).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
  });

  test('makes an empty secret where no value is given', async () => {
    expect(await create({ Name: 'empty' })).not.toHaveProperty('VersionId');
    expect((await failureOf(world.get({ SecretId: 'empty' }))).message).toContain('AWSCURRENT');
  });

  test('the same token with the same value succeeds a second time', async () => {
    const input = { Name: 'new', SecretString: 'x', ClientRequestToken: token(5) };
    expect((await create(input)).ARN).toBe((await create(input)).ARN);
    const other = await failureOf(create({ ...input, SecretString: 'y' }));
    expect(other.name).toBe('ResourceExistsException');
  });

  test('makes replicas where asked to, and is their primary', async () => {
    await create({ Name: 'new', SecretString: 'x', AddReplicaRegions: [{ Region: 'us-east-1' }] });
    expect(await world.describe('new')).toMatchObject({
      PrimaryRegion: 'eu-west-1',
      ReplicationStatus: [{ Region: 'us-east-1', Status: 'InSync' }],
    });
    await world.put({ SecretId: 'new' });
  });

  test.each([
    ['a name that is taken', { Name: name }, 'ResourceExistsException'],
    ['a name with a blank', { Name: 'a b' }, 'ValidationException'],
  ])('refuses %s', async (_what, input, error) => {
    expect((await failureOf(create(input))).name).toBe(error);
  });
});

describe('DeleteSecret', () => {
  test('marks for deletion: neither read nor written from then on, until it is restored', async () => {
    const deleted = await remove({});
    expect(deleted.DeletionDate).toEqual(new Date(world.clock.now() + 30 * dayMs));
    for (const call of [world.get, world.put]) {
      expect(await failureOf(call())).toMatchObject({
        name: 'InvalidRequestException',
        message: expect.stringContaining('marked for deletion'),
      });
    }
    await world.client.send(new RestoreSecretCommand({ SecretId: name }));
    expect((await world.get()).SecretString).toBe('first');
  });

  test('is gone once the recovery window has passed', async () => {
    await remove({ RecoveryWindowInDays: 7 });
    expect((await failureOf(create({ Name: name }))).name).toBe('InvalidRequestException');
    world.clock.advance(7 * dayMs);
    expect((await failureOf(world.describe())).name).toBe('ResourceNotFoundException');
    await create({ Name: name });
  });

  test('is gone at once where forced', async () => {
    await remove({ ForceDeleteWithoutRecovery: true });
    expect((await failureOf(world.describe())).name).toBe('ResourceNotFoundException');
  });

  test.each([
    ['a window of 6 days', { RecoveryWindowInDays: 6 }],
    ['a window and force at once', { RecoveryWindowInDays: 7, ForceDeleteWithoutRecovery: true }],
  ])('refuses %s', async (_what, input) => {
    expect((await failureOf(remove(input))).name).toBe('InvalidParameterException');
  });
});

describe('secrets that refuse writes', () => {
  test('a replica may be read but is written in its primary’s region only', async () => {
    world.secrets.setPrimaryRegion(name, 'us-east-1');
    for (const write of [world.put, () => world.move({ MoveToVersionId: world.firstId })]) {
      expect(await failureOf(write())).toMatchObject({
        name: 'InvalidRequestException',
        message: expect.stringContaining("primary secret's region us-east-1"),
      });
    }
    expect((await world.get()).SecretString).toBe('first');
  });

  test('a secret another service manages is left to it', async () => {
    world.secrets.setOwningService(name, 'rds');
    expect((await failureOf(world.put())).name).toBe('InvalidRequestException');
    expect((await failureOf(world.move({ MoveToVersionId: world.firstId }))).name).toBe(
      'InvalidRequestException',
    );
    world.secrets.setOwningService(name, undefined);
    await world.put();
  });
});

test('tags are added, changed and removed', async () => {
  const tag = (Key: string, Value: string) =>
    world.client.send(new TagResourceCommand({ SecretId: name, Tags: [{ Key, Value }] }));
  await tag('team', 'web');
  await tag('tier', '1');
  await tag('team', 'ops');
  await world.client.send(new UntagResourceCommand({ SecretId: name, TagKeys: ['tier', 'none'] }));
  expect((await world.describe()).Tags).toEqual([{ Key: 'team', Value: 'ops' }]);
});

describe('by hand', () => {
  test('a colleague can put a value and move AWSCURRENT past every check', async () => {
    const put = world.secrets.putByHand(name, 'by a colleague');
    expect((await world.get()).SecretString).toBe('by a colleague');
    world.secrets.moveCurrentByHand(name, world.firstId);
    expect(world.labels()).toEqual({ [world.firstId]: ['AWSCURRENT'], [put]: ['AWSPREVIOUS'] });
  });

  test('a test can look at versions, ARNs and names', () => {
    expect(world.secrets.versionsOf(world.arn)).toEqual([
      { id: world.firstId, labels: ['AWSCURRENT'], value: 'first' },
    ]);
    expect(world.secrets.arnOf(name)).toBe(world.arn);
    expect(world.secrets.arnOf('none')).toBeUndefined();
    expect(world.secrets.names()).toEqual([name]);
    expect(() => world.secrets.create({ name, value: 'x' })).toThrow('already exists');
  });
});

const create = (input: CreateSecretCommandInput) => world.client.send(new CreateSecretCommand(input));

const remove = (input: Partial<DeleteSecretCommandInput>) =>
  world.client.send(new DeleteSecretCommand({ SecretId: name, ...input }));
