import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
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

test('without labels the new value is in force at once, and the old version becomes AWSPREVIOUS', async () => {
  const put = await world.put({ ClientRequestToken: token(2) });
  expect(put).toMatchObject({ Name: name, VersionId: token(2), VersionStages: ['AWSCURRENT'] });
  expect(world.labels()).toEqual({ [world.firstId]: ['AWSPREVIOUS'], [token(2)]: ['AWSCURRENT'] });
});

test('under a label of one’s own AWSCURRENT stays where it is', async () => {
  await world.put({ ClientRequestToken: token(2), VersionStages: ['ecs-rotate-pending'] });
  expect(world.labels()).toEqual({ [world.firstId]: ['AWSCURRENT'], [token(2)]: ['ecs-rotate-pending'] });
  expect((await world.get()).SecretString).toBe('first');
});

test('a label that another version has is taken off it', async () => {
  await world.put({ ClientRequestToken: token(2), VersionStages: ['pending', 'kept'] });
  await world.put({ ClientRequestToken: token(3), SecretString: 'third', VersionStages: ['pending'] });
  expect(world.labels()).toMatchObject({ [token(2)]: ['kept'], [token(3)]: ['pending'] });
});

test('the same token with the same content succeeds and changes nothing', async () => {
  await world.put({ ClientRequestToken: token(2), VersionStages: ['pending'] });
  const before = world.labels();
  const again = await world.put({ ClientRequestToken: token(2) });
  expect(again).toMatchObject({ VersionId: token(2), VersionStages: ['pending'] });
  expect(world.labels()).toEqual(before);
});

test('the same token with another content is refused, without quoting either', async () => {
  await world.put({ ClientRequestToken: token(2) });
  const failure = await failureOf(world.put({ ClientRequestToken: token(2), SecretString: 'other-value' }));
  expect(failure.name).toBe('ResourceExistsException');
  expect(failure.message).toContain(`ClientRequestToken ${token(2)}`);
  expect(failure.message).not.toMatch(/second|other-value/);
});

test('bytes are no text: the same token with the bytes’ own base64 as a text is refused', async () => {
  const bytes = Buffer.from('second');
  await world.put({ ClientRequestToken: token(2), SecretString: undefined, SecretBinary: bytes });
  const asText = { ClientRequestToken: token(2), SecretString: bytes.toString('base64') };
  expect((await failureOf(world.put(asText))).name).toBe('ResourceExistsException');
  expect(Buffer.from((await world.get()).SecretBinary ?? []).toString()).toBe('second');
});

test('the first version of an empty secret gets AWSCURRENT whatever labels are asked for', async () => {
  await world.client.send(new CreateSecretCommand({ Name: 'empty' }));
  const put = await world.put({ SecretId: 'empty', VersionStages: ['pending'] });
  expect(put.VersionStages?.toSorted()).toEqual(['AWSCURRENT', 'pending']);
});

test.each([
  ['a token that is too short', { ClientRequestToken: 'short' }, 'InvalidParameterException'],
  ['no value', { SecretString: undefined }, 'InvalidRequestException'],
  ['a text and bytes at once', { SecretBinary: Buffer.from('x') }, 'InvalidParameterException'],
  ['an empty list of labels', { VersionStages: [] }, 'ValidationException'],
  ['more than 20 labels', { VersionStages: labelsUpTo(21) }, 'ValidationException'],
  ['a value above 65,536 bytes', { SecretString: 'ä'.repeat(32_769) }, 'ValidationException'],
  ['a secret that is not there', { SecretId: 'prod/none' }, 'ResourceNotFoundException'],
])('refuses %s', async (_what, input, error) => {
  expect((await failureOf(world.put(input))).name).toBe(error);
  expect(world.secrets.versionsOf(name)).toHaveLength(1);
});

test('takes 20 labels and 65,536 bytes', async () => {
  await world.put({ VersionStages: labelsUpTo(20), SecretString: 'ä'.repeat(32_768) });
  expect(world.secrets.versionsOf(name)).toHaveLength(2);
});

test('refuses the version above a hundred while none is a day old', async () => {
  for (let count = 1; count < 100; count += 1) world.secrets.putByHand(name, `value ${count}`);
  expect((await failureOf(world.put())).name).toBe('LimitExceededException');
});

test('drops the oldest version without a label once it is a day old', async () => {
  for (let count = 1; count < 100; count += 1) world.secrets.putByHand(name, `value ${count}`);
  world.clock.advance(dayMs);
  await world.put({ ClientRequestToken: token(2) });
  const ids = Object.keys(world.labels());
  expect(ids).toHaveLength(100);
  expect(ids).not.toContain(world.firstId);
  expect(ids).toContain(token(2));
});

test('never drops a labelled version, however old', async () => {
  await world.move({ VersionStage: 'ecs-rotate-base', MoveToVersionId: world.firstId });
  for (let count = 1; count < 100; count += 1) world.secrets.putByHand(name, `value ${count}`);
  world.clock.advance(dayMs);
  await world.put();
  expect(world.labels()[world.firstId]).toEqual(['ecs-rotate-base']);
});

function labelsUpTo(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `label-${index}`);
}
