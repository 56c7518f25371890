import { isRotateError } from '../../src/errors.ts';
import {
  account,
  addFamily,
  addService,
  digestIn,
  type EstateUnderTest,
  image,
  named,
  role,
  scanned,
  startEstate,
  untilSteady,
} from './start-estate.ts';

let under: EstateUnderTest;

beforeEach(async () => {
  under = await startEstate();
});
afterEach(async () => {
  expect(under.server.problems).toEqual([]);
  await under.close();
});

test('tells of a service what the plan needs', async () => {
  await addService(under, { name: 'web' });
  await untilSteady(under, 'web');
  expect(await under.estate.scan([under.arns.hub])).toEqual([
    {
      kind: 'service',
      id: 'prod/main/web',
      target: 'prod',
      stage: 'production',
      name: 'web',
      arn: `arn:aws:ecs:eu-west-1:${account}:service/main/web`,
      clusterArn: `arn:aws:ecs:eu-west-1:${account}:cluster/main`,
      cluster: 'main',
      taskDefinition: `arn:aws:ecs:eu-west-1:${account}:task-definition/web:1`,
      executionRoleArn: role,
      images: [
        {
          container: 'app',
          image: image('web'),
          credentialId: under.arns.hub,
          runningDigest: digestIn('web'),
        },
      ],
      launchType: 'FARGATE',
      scheduling: 'REPLICA',
      controller: 'ECS',
      strategy: 'ROLLING',
      desired: 2,
      running: 2,
      midDeployment: false,
      failingNow: false,
      minimumHealthyPercent: 100,
      maximumPercent: 200,
    },
  ]);
});

test('finds every private container, sidecars too, and no public one', async () => {
  const containers = { 'nginx:1': '', [image('api')]: under.arns.hub, [image('side')]: under.arns.ghcr };
  await addService(under, { name: 'api', containers });
  const [api] = await under.estate.scan();
  expect(api?.images).toEqual([
    { container: 'side-1', image: image('api'), credentialId: under.arns.hub },
    { container: 'side-2', image: image('side'), credentialId: under.arns.ghcr },
  ]);
});

test('knows a secret by its name, by a part of its ARN and by the whole', async () => {
  const partial = under.arns.hub.slice(0, -7);
  for (const [name, parameter] of Object.entries({ a: 'prod/hub', b: partial, c: under.arns.hub })) {
    await addService(under, { name, containers: { [image(name)]: parameter } });
  }
  const found = await under.estate.scan([under.arns.hub]);
  expect(found.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c']);
  expect(new Set(found.flatMap(({ images }) => images.map((one) => one.credentialId)))).toEqual(
    new Set([under.arns.hub]),
  );
});

test('asks for each task definition and each secret once', async () => {
  for (const name of ['a', 'b', 'c']) await addService(under, { name });
  await under.estate.scan();
  expect(under.count('DescribeSecret')).toBe(1);
  expect(under.count('DescribeTaskDefinition')).toBe(3);
  under.forget();
  await under.estate.scan();
  expect(under.count('DescribeTaskDefinition')).toBe(0);
});

test('shows a consumer whose secret is not there, by the text it names', async () => {
  await addService(under, { name: 'web', containers: { [image('web')]: 'prod/gone' } });
  await addService(under, { name: 'odd', containers: { [image('odd')]: 'arn:aws:secretsmanager:mars' } });
  const found = await under.estate.scan();
  expect(named(found, 'web')?.images[0]?.credentialId).toBe('prod/gone');
  expect(named(found, 'odd')?.images[0]?.credentialId).toBe('arn:aws:secretsmanager:mars');
});

test('is the same however small the pages are', async () => {
  for (const name of ['a', 'b', 'c', 'd']) {
    await addService(under, { name, cluster: name < 'c' ? 'main' : 'other' });
  }
  await addFamily(under, 'job', { [image('job')]: under.arns.hub });
  await addFamily(under, 'task', { [image('task')]: under.arns.hub });
  for (const name of ['a', 'b', 'c', 'd']) await untilSteady(under, name);
  const whole = await under.estate.scan([under.arns.hub]);
  under.ecs.setMaxPage(1);
  expect(await under.estate.scan([under.arns.hub])).toEqual(whole);
  expect(whole).toHaveLength(6);
});

test('lists the latest revision of a family that no service uses', async () => {
  await addService(under, { name: 'web' });
  await addFamily(under, 'nightly', { [image('old')]: under.arns.ghcr });
  await addFamily(under, 'nightly', { [image('new')]: under.arns.hub });
  await addFamily(under, 'public', { 'nginx:1': '' });
  const found = await under.estate.scan();
  expect(found.map(({ id }) => id)).toEqual(['prod/main/web', 'prod//nightly']);
  expect(named(found, 'nightly')).toMatchObject({
    kind: 'task-definition',
    taskDefinition: expect.stringMatching(/nightly:2$/),
    executionRoleArn: role,
    images: [{ container: 'app', image: image('new'), credentialId: under.arns.hub }],
  });
});

test('finds only what uses the given credentials, and reads tasks for these only', async () => {
  await addService(under, { name: 'hub' });
  await addService(under, { name: 'ghcr', cluster: 'other', containers: { [image('g')]: under.arns.ghcr } });
  const found = await under.estate.scan([under.arns.ghcr]);
  expect(found.map(({ name }) => name)).toEqual(['ghcr']);
  expect(under.count('ListTasks')).toBe(2);
  under.forget();
  expect(await under.estate.scan()).toHaveLength(2);
  expect(under.count('ListTasks')).toBe(0);
});

test('reads the tasks of a whole cluster at once where that takes fewer calls', async () => {
  for (const name of ['a', 'b', 'c', 'd']) await addService(under, { name });
  for (const name of ['a', 'b', 'c', 'd']) await untilSteady(under, name);
  const found = await under.estate.scan([under.arns.hub]);
  expect(under.count('ListTasks')).toBe(2);
  expect(under.count('DescribeTasks')).toBe(1);
  for (const { name, images } of found) expect(images[0]?.runningDigest).toBe(digestIn(name));
});

test.each([
  ['CODE_DEPLOY', { deploymentController: { type: 'CODE_DEPLOY' } }, { controller: 'CODE_DEPLOY' }],
  [
    'a daemon',
    { schedulingStrategy: 'DAEMON', launchType: 'EC2', desiredCount: undefined },
    { scheduling: 'DAEMON', launchType: 'EC2', minimumHealthyPercent: 0, maximumPercent: 100 },
  ],
  [
    'Fargate by capacity provider',
    { launchType: undefined, capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT' }] },
    { launchType: 'FARGATE' },
  ],
  ['blue/green', { deploymentConfiguration: { strategy: 'BLUE_GREEN' } }, { strategy: 'BLUE_GREEN' }],
  ['desired count 0', { desiredCount: 0 }, { desired: 0, running: 0, failingNow: false }],
  [
    'its own percentages',
    { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 150 } },
    { minimumHealthyPercent: 50, maximumPercent: 150 },
  ],
])('tells %s', async (_, service, expected) => {
  await addService(under, { name: 'web', service });
  expect(await scanned(under, 'web')).toMatchObject(expected);
});

describe('a service that cannot log in', () => {
  beforeEach(async () => {
    await addService(under, { name: 'web' });
    await untilSteady(under, 'web');
    under.registry.accepted = 'another';
    await under.call('UpdateService', { cluster: 'main', service: 'web', forceNewDeployment: true });
  });

  test('is failing while its new tasks are refused, though all desired run', async () => {
    await under.time.pass(120_000);
    const web = await scanned(under, 'web');
    expect(web).toMatchObject({ desired: 2, running: 2, midDeployment: true, failingNow: true });
  });

  test('is failing no longer once it has recovered', async () => {
    await under.time.pass(120_000);
    under.registry.accepted = 'right';
    await untilSteady(under, 'web');
    expect(await scanned(under, 'web')).toMatchObject({ midDeployment: false, failingNow: false });
  });
});

test('is failing while a task runs an old copy of its image', async () => {
  const service = { launchType: 'EC2', desiredCount: 1 };
  await under.call('CreateCluster', { clusterName: 'main' });
  under.ecs.addInstance({ cluster: 'main' });
  await addService(under, { name: 'web', service });
  await untilSteady(under, 'web');
  under.registry.accepted = 'another';
  await under.call('UpdateService', { cluster: 'main', service: 'web', forceNewDeployment: true });
  await untilSteady(under, 'web');
  expect(await scanned(under, 'web')).toMatchObject({ running: 1, midDeployment: false, failingNow: true });
});

test.each([
  ['access-denied', 'aws-denied'],
  ['throttle', 'aws-throttled'],
  ['html-502', 'aws-failed'],
  ['expired-token', 'aws-failed'],
  ['reset', 'aws-failed'],
] as const)('names the action where AWS answers %s', async (kind, code) => {
  await addService(under, { name: 'web' });
  under.server.faults.add({ kind, operation: 'ListServices' });
  const error: unknown = await under.estate.scan().catch((caught: unknown) => caught);
  expect(isRotateError(error) && [error.code, error.facts.action]).toEqual([code, 'ecs:ListServices']);
});

test('goes on where it may not look at a secret', async () => {
  await addService(under, { name: 'web' });
  under.server.faults.add({ kind: 'access-denied', operation: 'DescribeSecret' });
  expect((await under.estate.scan([under.arns.hub])).map(({ name }) => name)).toEqual(['web']);
});
