import { failureOf } from '../sdk-clients.ts';
import { type SecretsUnderTest, startSecrets, token } from './start-secrets.ts';

let world: SecretsUnderTest;
let first: string;
const second = token(2);
const third = token(3);

beforeEach(async () => {
  world = await startSecrets();
  first = world.firstId;
  await world.put({ ClientRequestToken: second, VersionStages: ['pending'] });
});

afterEach(async () => {
  expect(world.problems).toEqual([]);
  await world.close();
});

test('moves AWSCURRENT from the named version, and AWSPREVIOUS follows to where it was', async () => {
  await world.move({ MoveToVersionId: second, RemoveFromVersionId: first });
  expect(world.labels()).toEqual({ [first]: ['AWSPREVIOUS'], [second]: ['pending', 'AWSCURRENT'] });
});

test('moves AWSCURRENT back to the version that had become AWSPREVIOUS', async () => {
  await world.move({ MoveToVersionId: second, RemoveFromVersionId: first });
  await world.move({ MoveToVersionId: first, RemoveFromVersionId: second });
  expect(world.labels()).toEqual({ [first]: ['AWSCURRENT'], [second]: ['pending', 'AWSPREVIOUS'] });
});

test('refuses to move a label without naming the version that has it', async () => {
  const failure = await failureOf(world.move({ MoveToVersionId: second }));
  expect(failure).toMatchObject({
    name: 'InvalidParameterException',
    message:
      `The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently attached to ` +
      `version ${first}, so you must explicitly reference that version in RemoveFromVersionId.`,
  });
  expect(world.labels()[first]).toEqual(['AWSCURRENT']);
});

test('refuses to move a label from a version that no longer has it: the compare-and-swap', async () => {
  const stolen = world.secrets.putByHand('prod/ghcr', 'by a colleague');
  const failure = await failureOf(world.move({ MoveToVersionId: second, RemoveFromVersionId: first }));
  expect(failure.name).toBe('InvalidParameterException');
  expect(world.labels()[stolen]).toEqual(['AWSCURRENT']);
});

test('of two moves from the same version to different ones a single one succeeds', async () => {
  await world.put({ ClientRequestToken: third, SecretString: 'third', VersionStages: ['other'] });
  const moves = [second, third].map((id) => world.move({ MoveToVersionId: id, RemoveFromVersionId: first }));
  const outcomes = await Promise.allSettled(moves);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('a label that already is on the version stays there, and that is a success', async () => {
  await world.move({ MoveToVersionId: first });
  expect(world.labels()).toEqual({ [first]: ['AWSCURRENT'], [second]: ['pending'] });
});

test('refuses the same move a second time, since the label has left', async () => {
  await world.move({ MoveToVersionId: second, RemoveFromVersionId: first });
  const failure = await failureOf(world.move({ MoveToVersionId: second, RemoveFromVersionId: first }));
  expect(failure.name).toBe('InvalidParameterException');
  expect(world.labels()[second]).toContain('AWSCURRENT');
});

test('puts a label nobody has on a version', async () => {
  await world.move({ VersionStage: 'ecs-rotate-base', MoveToVersionId: first });
  expect(world.labels()[first]).toEqual(['AWSCURRENT', 'ecs-rotate-base']);
});

test('removes a label from the version that has it', async () => {
  await world.move({ VersionStage: 'pending', RemoveFromVersionId: second });
  expect(world.labels()[second]).toEqual([]);
});

test.each([
  [
    'removing a label from a version without it',
    () => ({ VersionStage: 'pending', RemoveFromVersionId: first }),
  ],
  ['removing AWSCURRENT with no version to move it to', () => ({ RemoveFromVersionId: first })],
  ['neither a version to move to nor one to remove from', () => ({})],
])('refuses %s', async (_what, input) => {
  expect((await failureOf(world.move(input()))).name).toBe('InvalidParameterException');
});

test('refuses a version that is not there', async () => {
  const failure = await failureOf(world.move({ MoveToVersionId: third, RemoveFromVersionId: first }));
  expect(failure.name).toBe('ResourceNotFoundException');
});

test('refuses the twenty-first label on one version', async () => {
  for (let count = 1; count < 20; count += 1) {
    await world.move({ VersionStage: `label-${count}`, MoveToVersionId: first });
  }
  expect(world.labels()[first]).toHaveLength(20);
  const failure = await failureOf(world.move({ VersionStage: 'one-more', MoveToVersionId: first }));
  expect(failure.name).toBe('InvalidParameterException');
});
