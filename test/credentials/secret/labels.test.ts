import { createCredentials } from '../../../src/credentials/kinds.ts';
import {
  type CredentialsUnderTest,
  errorOf,
  first,
  holderOf,
  login,
  name,
  startCredentials,
  tokenOf,
  versionOf,
} from './start-credentials.ts';

let world: CredentialsUnderTest;
let base: string;
let staged: string;

beforeEach(async () => {
  world = await startCredentials();
  ({ baseVersionId: base, stagedVersionId: staged } = await world.credentials.stage(
    world.ref,
    login,
    tokenOf(1),
  ));
});
afterEach(async () => {
  expect(world.server.problems).toEqual([]);
  await world.server.close();
});

const moves = () =>
  world.server.calls.filter(({ operation }) => operation === 'UpdateSecretVersionStage').length;

describe('move', () => {
  test('puts the new version in use and keeps the old one labelled', async () => {
    expect(await world.credentials.move(world.ref, base, staged)).toEqual({ result: 'moved' });
    expect(holderOf(world, 'AWSCURRENT')).toBe(staged);
    expect(holderOf(world, 'ecs-rotate-base')).toBe(base);
  });

  test('changes nothing when repeated', async () => {
    await world.credentials.move(world.ref, base, staged);
    const before = moves();
    expect(await world.credentials.move(world.ref, base, staged)).toEqual({ result: 'already-there' });
    expect(moves()).toBe(before);
  });

  test('goes back and forth, and the base stays the base', async () => {
    await world.credentials.move(world.ref, base, staged);
    expect(await world.credentials.move(world.ref, staged, base)).toEqual({ result: 'moved' });
    expect(holderOf(world, 'AWSCURRENT')).toBe(base);
    expect(holderOf(world, 'ecs-rotate-base')).toBe(base);
    expect(await world.credentials.move(world.ref, base, staged)).toEqual({ result: 'moved' });
    expect(holderOf(world, 'ecs-rotate-base')).toBe(base);
  });

  test('overwrites nobody who changed it before', async () => {
    const theirs = world.secrets.putByHand(name, '{"username":"x","password":"y"}');
    expect(await world.credentials.move(world.ref, base, staged)).toEqual({
      result: 'changed-by-someone',
      currentVersionId: theirs,
    });
    expect(holderOf(world, 'AWSCURRENT')).toBe(theirs);
    expect(moves()).toBe(0);
  });

  test('overwrites nobody who changes it between look and move', async () => {
    const client = world.aws.secrets('prod');
    let theirs = '';
    client.middlewareStack.add(
      (next) => (args) => {
        const isMove = 'VersionStage' in args.input && args.input.VersionStage === 'AWSCURRENT';
        if (isMove && theirs === '') theirs = world.secrets.putByHand(name, first);
        return next(args);
      },
      { step: 'initialize' },
    );
    expect(await world.credentials.move(world.ref, base, staged)).toEqual({
      result: 'changed-by-someone',
      currentVersionId: theirs,
    });
    expect(holderOf(world, 'AWSCURRENT')).toBe(theirs);
  });

  test('is done where only the answer was lost', async () => {
    await world.credentials.move(world.ref, base, staged);
    await world.credentials.move(world.ref, staged, base);
    world.server.faults.add({ kind: 'lost-answer', operation: 'UpdateSecretVersionStage', next: 1 });
    const { result } = await world.credentials.move(world.ref, base, staged);
    expect(['moved', 'already-there']).toContain(result);
    expect(holderOf(world, 'AWSCURRENT')).toBe(staged);
  });

  test('takes the base label over from a rotation long ago', async () => {
    await world.credentials.move(world.ref, base, staged);
    const next = await world.credentials.stage(world.ref, login, tokenOf(2));
    await world.credentials.move(world.ref, next.baseVersionId, next.stagedVersionId);
    expect(holderOf(world, 'ecs-rotate-base')).toBe(staged);
  });

  test('from a version to itself is there already', async () => {
    expect(await world.credentials.move(world.ref, base, base)).toEqual({ result: 'already-there' });
    expect(moves()).toBe(0);
  });

  test('names the right that is missing', async () => {
    world.server.faults.add({ kind: 'access-denied', operation: 'UpdateSecretVersionStage' });
    expect(await errorOf(world.credentials.move(world.ref, base, staged))).toMatchObject({
      code: 'aws-denied',
      facts: { action: 'secretsmanager:UpdateSecretVersionStage', name },
    });
  });
});

describe('removeLabels', () => {
  test('takes both labels off, and again does nothing', async () => {
    await world.credentials.move(world.ref, base, staged);
    await world.credentials.removeLabels(world.rotated(staged), { keepPending: false });
    expect(versionOf(world, staged)?.labels).toEqual(['AWSCURRENT']);
    expect(versionOf(world, base)?.labels).toEqual(['AWSPREVIOUS']);
    const before = moves();
    await world.credentials.removeLabels(world.rotated(staged), { keepPending: false });
    expect(moves()).toBe(before);
  });

  test('keeps the stored value to be tried again where asked', async () => {
    await world.credentials.move(world.ref, base, staged);
    await world.credentials.removeLabels(world.rotated(staged), { keepPending: true });
    expect(holderOf(world, 'ecs-rotate-pending')).toBe(staged);
    expect(holderOf(world, 'ecs-rotate-base')).toBeUndefined();
  });

  test("leaves the labels of another rotation's versions alone", async () => {
    await world.credentials.stage(world.ref, login, tokenOf(2));
    await world.credentials.removeLabels(world.rotated(staged), { keepPending: false });
    expect(holderOf(world, 'ecs-rotate-pending')).toBe(tokenOf(2));
  });

  test('has nothing to do where the secret is gone', async () => {
    const gone = { ...world.rotated(staged), id: `${world.ref.id}x` };
    await expect(world.credentials.removeLabels(gone, { keepPending: false })).resolves.toBeUndefined();
  });
});

describe('condition', () => {
  test('tells versions and labels without reading a value', async () => {
    world.server.calls.length = 0;
    expect(await world.credentials.condition(world.ref)).toEqual({
      currentVersionId: base,
      pendingVersionId: staged,
      rotationEnabled: false,
      isReplica: false,
      pendingDeletion: false,
    });
    expect(world.server.calls.map(({ operation }) => operation)).toEqual(['DescribeSecret']);
  });

  test('tells what stands in the way', async () => {
    world.secrets.setOwningService(name, 'rds');
    world.secrets.setRotationEnabled(name, true);
    world.secrets.setPrimaryRegion(name, 'ap-northeast-1');
    world.secrets.markForDeletion(name);
    expect(await world.credentials.condition(world.ref)).toMatchObject({
      owningService: 'rds',
      rotationEnabled: true,
      isReplica: true,
      pendingDeletion: true,
    });
  });

  test('does not take the primary of a replicated secret for a replica', async () => {
    world.secrets.setReplicas(name, [{ region: 'us-east-1', status: 'InSync' }]);
    expect((await world.credentials.condition(world.ref)).isReplica).toBe(false);
  });
});

test('a kind nobody knows is refused by name', async () => {
  const all = createCredentials({ secret: world.credentials });
  expect(await all.condition(world.ref)).toMatchObject({ currentVersionId: base });
  expect(await errorOf(all.condition({ ...world.ref, kind: 'agent' }))).toMatchObject({
    code: 'kind-unknown',
    facts: { kind: 'agent' },
  });
});

test('a target nobody configured is refused by name', async () => {
  expect(await errorOf(world.credentials.condition({ ...world.ref, target: 'moon' }))).toMatchObject({
    code: 'target-unknown',
    facts: { target: 'moon' },
  });
});
