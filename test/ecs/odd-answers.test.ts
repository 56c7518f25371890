/** Answers of AWS that the stand-in does not give. */
import type { Service, Task } from '@aws-sdk/client-ecs';
import { toDefinition } from '../../src/ecs/definition.ts';
import { describeEach } from '../../src/ecs/reads/pages.ts';
import { sightOf } from '../../src/ecs/running-tasks.ts';
import { definitionOf, isMidDeployment, launchTypeOf } from '../../src/ecs/service-consumer.ts';
import { isRotateError } from '../../src/errors.ts';

describe('a service', () => {
  test.each<[string, Service, string]>([
    ['with a launch type', { launchType: 'EXTERNAL' }, 'EXTERNAL'],
    ['on managed instances', { launchType: 'MANAGED_INSTANCES' }, 'EC2'],
    ['by an own capacity provider', { capacityProviderStrategy: [{ capacityProvider: 'spot' }] }, 'EC2'],
    ["by the cluster's default, which is Fargate", { platformFamily: 'Linux' }, 'FARGATE'],
    ["by the cluster's default, which is not", {}, 'EC2'],
  ])('%s', (_, service, expected) => {
    expect(launchTypeOf(service)).toBe(expected);
  });

  test.each<[string, Service, boolean]>([
    [
      'is in the middle of one without a rollout state',
      { desiredCount: 2, deployments: [{ runningCount: 1 }] },
      true,
    ],
    [
      'is not, once as many run as are wanted',
      { desiredCount: 2, deployments: [{ runningCount: 2 }] },
      false,
    ],
    ['is while two task sets stand side by side', { taskSets: [{}, {}] }, true],
    ['is not with one task set', { taskSets: [{}], deployments: [] }, false],
  ])('%s', (_, service, expected) => {
    expect(isMidDeployment(service)).toBe(expected);
  });

  test('of an EXTERNAL controller has its task definition in the task set', () => {
    const taskSets = [
      { status: 'ACTIVE', taskDefinition: 'old' },
      { status: 'PRIMARY', taskDefinition: 'new' },
    ];
    expect(definitionOf({ taskSets })).toBe('new');
    expect(definitionOf({})).toBeUndefined();
  });
});

test('the digest is that of the newest task that runs', () => {
  const task = (at: number, imageDigest: string, lastStatus = 'RUNNING'): Task => ({
    createdAt: new Date(at),
    lastStatus,
    containers: [{ name: 'app', imageDigest }],
  });
  const tasks = [task(2, 'newer'), task(1, 'older'), task(3, 'stopped', 'STOPPED')];
  expect(sightOf({}, tasks, () => undefined).digests).toEqual(new Map([['app', 'newer']]));
});

test('fixed ports of the host count, those of awsvpc and free ones do not', () => {
  const portMappings = [
    { containerPort: 80, hostPort: 8080 },
    { containerPort: 81, hostPort: 0 },
    { containerPort: 82 },
  ];
  const ports = (networkMode: 'bridge' | 'host' | 'awsvpc') =>
    toDefinition({ taskDefinitionArn: 'a', networkMode, containerDefinitions: [{ portMappings }] })?.needs
      .ports;
  expect(ports('bridge')).toEqual([8080]);
  expect(ports('host')).toEqual([8080, 82]);
  expect(ports('awsvpc')).toEqual([]);
});

describe('failures in an answer of 200', () => {
  const describeWith = (reason: string) =>
    describeEach('ecs:DescribeServices', 10, ['a', 'b'], async () => ({
      found: ['a'],
      failures: [{ arn: 'b', reason }],
    }));

  test('leave out what has gone', async () => {
    expect(await describeWith('MISSING')).toEqual(['a']);
  });

  test('are errors otherwise', async () => {
    const error: unknown = await describeWith('ACCESS_DENIED').catch((caught: unknown) => caught);
    expect(isRotateError(error, 'aws-failed') && error.facts).toMatchObject({
      action: 'ecs:DescribeServices',
      resource: 'b',
      problem: 'ACCESS_DENIED',
    });
  });
});
