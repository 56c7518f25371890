import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
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
const start = async (value?: string) => {
  world = await startCredentials(value);
};
afterEach(async () => {
  expect(world.server.problems).toEqual([]);
  await world.server.close();
});

describe('stage', () => {
  test('puts the login under our own label and leaves the one in use alone', async () => {
    await start();
    const staged = await world.credentials.stage(world.ref, login, tokenOf(1));
    expect(staged).toEqual({ baseVersionId: world.versionId, stagedVersionId: tokenOf(1) });
    expect(versionOf(world, tokenOf(1))).toEqual({
      id: tokenOf(1),
      labels: ['ecs-rotate-pending'],
      value: JSON.stringify({ username: 'acme-pull', password: 'n3w"tok\\en' }),
    });
    expect(versionOf(world, world.versionId)).toMatchObject({ labels: ['AWSCURRENT'], value: first });
  });

  test('keeps every other key, its order and its exact text', async () => {
    await start(
      '{ "9": [1, {"password": "inner"}],\n "username":"old" , "note":"a \\"quote\\" }", "password" :"x","1":12345678901234567890,"constructor":1.0}',
    );
    await world.credentials.stage(world.ref, login, tokenOf(1));
    expect(versionOf(world, tokenOf(1))?.value).toBe(
      '{ "9": [1, {"password": "inner"}],\n "username":"acme-pull" , "note":"a \\"quote\\" }", "password" :"n3w\\"tok\\\\en","1":12345678901234567890,"constructor":1.0}',
    );
  });

  test.each([
    ['an empty object', '{}', '{"username":"acme-pull","password":"n3w\\"tok\\\\en"}'],
    [
      'one without a password',
      '{"username":"a","x":1 }',
      '{"username":"acme-pull","x":1,"password":"n3w\\"tok\\\\en"}',
    ],
    ['keys in another case, which the EC2 agent reads', '{"Username":"a","PASSWORD":"b"}', undefined],
    ['a key that stands there twice', '{"password":"a","username":"b","password":"c"}', undefined],
  ])('leaves no old login in %s', async (_, value, expected) => {
    await start(value);
    await world.credentials.stage(world.ref, login, tokenOf(1));
    const stored = versionOf(world, tokenOf(1))?.value ?? '';
    if (expected) expect(stored).toBe(expected);
    expect(JSON.parse(stored)).toMatchObject({ username: 'acme-pull', password: 'n3w"tok\\en' });
    expect(stored).not.toMatch(/:"[abc]"/);
  });

  test('is the same version when repeated', async () => {
    await start();
    const staged = await world.credentials.stage(world.ref, login, tokenOf(1));
    expect(await world.credentials.stage(world.ref, login, tokenOf(1))).toEqual(staged);
    expect(world.secrets.versionsOf(name)).toHaveLength(2);
  });

  test('refuses another value under the same token', async () => {
    await start();
    await world.credentials.stage(world.ref, login, tokenOf(1));
    const other = { ...login, userName: 'someone-else' };
    expect(await errorOf(world.credentials.stage(world.ref, other, tokenOf(1)))).toMatchObject({
      code: 'secret-token-used',
    });
  });

  test('takes our label over from an earlier request', async () => {
    await start();
    await world.credentials.stage(world.ref, login, tokenOf(1));
    await world.credentials.stage(world.ref, login, tokenOf(2));
    expect(holderOf(world, 'ecs-rotate-pending')).toBe(tokenOf(2));
    expect(holderOf(world, 'AWSCURRENT')).toBe(world.versionId);
  });

  test.each([
    ['no JSON', 'user:secret-words', 'secret-malformed'],
    ['a JSON list', '["secret-words"]', 'secret-malformed'],
    ['a JSON text', '"secret-words"', 'secret-malformed'],
  ])('says what is wrong with %s, and quotes nothing of it', async (_, value, code) => {
    await start(value);
    const error = await errorOf(world.credentials.stage(world.ref, login, tokenOf(1)));
    expect(error).toMatchObject({ code, facts: { name } });
    expect(error.text).not.toContain('secret-words');
    expect(world.secrets.versionsOf(name)).toHaveLength(1);
  });

  test('says that bytes are no login', async () => {
    await start();
    const bytes = { SecretId: name, SecretBinary: Buffer.from('secret-words') };
    await world.aws.secrets('prod').send(new PutSecretValueCommand(bytes));
    expect(await errorOf(world.credentials.stage(world.ref, login, tokenOf(1)))).toMatchObject({
      code: 'secret-binary',
      facts: { name },
    });
  });

  test('says that the key of the secret may not be used', async () => {
    await start();
    const denied = Object.assign(new Error('Access to KMS is not allowed'), {
      name: 'AccessDeniedException',
    });
    world.aws.secrets('prod').send = () => Promise.reject(denied);
    expect(await errorOf(world.credentials.stage(world.ref, login, tokenOf(1)))).toMatchObject({
      code: 'aws-denied',
      facts: { action: 'kms:Decrypt' },
    });
  });

  test.each([
    ['GetSecretValue', 'old-token'],
    ['PutSecretValue', 'n3w'],
  ])('shows no piece of the value where the answer to %s cannot be read', async (operation, piece) => {
    await start();
    const client = world.aws.secrets('prod');
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (!commandName?.startsWith(operation)) return next(args);
          const $response = { body: `{"SecretString":"${piece}"` };
          throw Object.assign(new SyntaxError(`Unexpected end of "${piece}"`), { $response });
        },
      { step: 'deserialize', priority: 'low' },
    );
    const error = await errorOf(world.credentials.stage(world.ref, login, tokenOf(1)));
    expect(error).toMatchObject({ code: 'aws-failed', facts: { problem: 'UnreadableAnswer' } });
    expect(error.text).not.toContain(piece);
  });

  test.each(['access-denied', 'throttle', 'server-error', 'html-502', 'reset'] as const)(
    'shows no piece of the value where AWS answers with %s',
    async (kind) => {
      await start();
      world.server.faults.add({ kind, operation: 'PutSecretValue' });
      const error = await errorOf(world.credentials.stage(world.ref, login, tokenOf(1)));
      expect(error.code).toMatch(/^aws-/);
      expect(error.text).not.toContain('n3w');
      expect(error.text).not.toContain('old-token');
    },
  );
});

describe('readLogin', () => {
  test('reads what a version holds, and prints no password', async () => {
    await start();
    const { stagedVersionId } = await world.credentials.stage(world.ref, login, tokenOf(1));
    const read = await world.credentials.readLogin(world.ref, stagedVersionId);
    expect(read.userName).toBe('acme-pull');
    expect(read.password.equals(login.password)).toBe(true);
    expect(JSON.stringify(read)).toBe('{"userName":"acme-pull","password":"[redacted]"}');
  });

  test.each([
    ['another case', '{"Username":"a","password":"b"}', 'a', ['Username']],
    ['both cases', '{"username":"a","USERNAME":"z","password":"b"}', 'a', []],
    ['a repeated key', '{"username":"z","password":"b","username":"a"}', 'a', []],
  ])('reads %s as ECS would, and tells of an odd key', async (_, value, userName, odd) => {
    await start(value);
    expect((await world.credentials.readLogin(world.ref, world.versionId)).userName).toBe(userName);
    expect(world.odd).toEqual(odd);
  });

  test.each([
    ['no password', '{"username":"a"}', 'password'],
    ['a user name that is a number', '{"username":1,"password":"b"}', 'username'],
    ['an empty password', '{"username":"a","password":""}', 'password'],
  ])('refuses %s', async (_, value, missing) => {
    await start(value);
    expect(await errorOf(world.credentials.readLogin(world.ref, world.versionId))).toMatchObject({
      code: 'secret-incomplete',
      facts: { missing, name },
    });
  });

  test('says that a version is gone, and that a secret is', async () => {
    await start();
    const gone = await errorOf(world.credentials.readLogin(world.ref, tokenOf(7)));
    expect(gone).toMatchObject({ code: 'secret-version-missing', facts: { version: tokenOf(7) } });
    const nowhere = { ...world.ref, id: `${world.ref.id}x` };
    expect(await errorOf(world.credentials.readLogin(nowhere, tokenOf(7)))).toMatchObject({
      code: 'secret-missing',
    });
  });
});
