import { buildInventory, type SeenCredential } from '../../src/inventory/build-inventory.ts';
import { credentialsIn } from '../../src/inventory/credentials-in.ts';
import type { Consumer, PrivateImage } from '../../src/rotation/rules/consumer.ts';
import { SecretValue } from '../../src/secret-value.ts';

const targets = [
  { id: 'prod', region: 'eu-west-1', account: '111122223333' },
  { id: 'tokyo', region: 'ap-northeast-1', account: '111122223333' },
];
const arn = (name: string, region = 'eu-west-1') =>
  `arn:aws:secretsmanager:${region}:111122223333:secret:${name}-AbCdEf`;
const uses = (credentialId: string, image: string): PrivateImage => ({
  container: 'app',
  image,
  credentialId,
});
const consumer = (name: string, images: readonly PrivateImage[], kind = 'service'): Consumer => {
  const base = {
    id: `prod/main/${name}`,
    target: 'prod',
    stage: 'production',
    name,
    taskDefinition: name,
    images,
  };
  if (kind !== 'service') return { ...base, kind: 'task-definition' };
  return {
    ...base,
    kind: 'service',
    arn: name,
    clusterArn: 'main',
    cluster: 'main',
    launchType: 'FARGATE',
    scheduling: 'REPLICA',
    controller: 'ECS',
    strategy: 'ROLLING',
    desired: 1,
    running: 1,
    midDeployment: false,
    failingNow: false,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
  };
};
const seen = (name: string, login?: readonly [string, string]): SeenCredential => ({
  kind: 'secret',
  target: 'prod',
  id: arn(name),
  name,
  ...(login && { login: { userName: login[0], password: SecretValue.of(login[1]) } }),
});
const registryOf = (image: string) => {
  if (image === 'BAD') throw new Error('not an image');
  return image.includes('/') ? (image.split('/')[0] ?? '') : 'docker.io';
};
const build = (consumers: readonly Consumer[], credentials: readonly SeenCredential[]) =>
  buildInventory({ at: 7, consumers, credentials, registryOf });

describe('buildInventory', () => {
  test('tells registries, user name and how many use it', () => {
    const consumers = [
      consumer('web', [uses(arn('a'), 'ghcr.io/x'), uses(arn('a'), 'nginx'), uses(arn('b'), 'quay.io/y')]),
      consumer('api', [uses(arn('a'), 'ghcr.io/z')]),
      consumer('nightly', [uses(arn('a'), 'ghcr.io/n')], 'task-definition'),
    ];
    expect(build(consumers, [seen('a', ['pull', 'secret-words'])])).toEqual({
      at: 7,
      consumers,
      credentials: [
        {
          kind: 'secret',
          target: 'prod',
          id: arn('a'),
          name: 'a',
          registries: ['docker.io', 'ghcr.io'],
          userName: 'pull',
          sameLogin: 1,
          services: 2,
          otherConsumers: 1,
          seenAt: 7,
        },
      ],
    });
  });

  test('groups what holds the same user name and password, and nothing else', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const consumers = names.map((name) => consumer(name, [uses(arn(name), 'ghcr.io/x')]));
    const logins = [['u', 'p'], ['u', 'q'], ['u', 'p'], ['v', 'p'], undefined, undefined] as const;
    const inventory = build(
      consumers,
      names.map((name, n) => seen(name, logins[n])),
    );
    expect(inventory.credentials.map(({ sameLogin }) => sameLogin)).toEqual([
      1,
      2,
      1,
      3,
      undefined,
      undefined,
    ]);
  });

  test('holds no password', () => {
    const inventory = build([consumer('w', [uses(arn('a'), 'nginx')])], [seen('a', ['u', 'secret-words'])]);
    expect(JSON.stringify(inventory)).not.toMatch(/secret-words|redacted/);
  });

  test('lists who cannot be read, without a user name', () => {
    const [known] = build([consumer('w', [uses(arn('a'), 'nginx')])], [seen('a')]).credentials;
    expect(known).toMatchObject({ name: 'a', services: 1 });
    expect(known).not.toHaveProperty('userName');
    expect(known).not.toHaveProperty('sameLogin');
  });

  test('goes on where an image cannot be read, and leaves out a credential without any registry', () => {
    const consumers = [
      consumer('w', [uses(arn('a'), 'BAD'), uses(arn('b'), 'BAD'), uses(arn('b'), 'nginx')]),
    ];
    expect(build(consumers, [seen('a'), seen('b')]).credentials.map(({ name }) => name)).toEqual(['b']);
  });
});

describe('credentialsIn', () => {
  test('names each credential once, by the target it lives in', () => {
    const consumers = [
      consumer('web', [uses(arn('prod/b'), 'x'), uses(arn('prod/b'), 'y')]),
      consumer('api', [uses(arn('a', 'ap-northeast-1'), 'x')]),
    ];
    expect(credentialsIn(consumers, targets)).toEqual([
      { kind: 'secret', target: 'tokyo', id: arn('a', 'ap-northeast-1'), name: 'a' },
      { kind: 'secret', target: 'prod', id: arn('prod/b'), name: 'prod/b' },
    ]);
  });

  test('leaves out what no target stands for, and what is no whole ARN', () => {
    const ids = [arn('x', 'us-east-1'), 'prod/gone', arn('x').replace('111122223333', '999999999999')];
    expect(
      credentialsIn(
        [
          consumer(
            'web',
            ids.map((id) => uses(id, 'x')),
          ),
        ],
        targets,
      ),
    ).toEqual([]);
  });
});
