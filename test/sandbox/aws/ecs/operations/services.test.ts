import type { WireObject } from '../../../../../sandbox/aws/operation.ts';
import {
  createWeb,
  type EcsUnderTest,
  first,
  forceWeb,
  isCompleted,
  startEcs,
  startWeb,
} from '../start-ecs.ts';

describe('the service operations', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
  });
  afterEach(() => under.close());

  const describeWeb = async (name = 'web', cluster = 'prod') => {
    const answer = await under.call('DescribeServices', { cluster, services: [name] });
    return answer as { services: WireObject[]; failures: WireObject[] };
  };
  const update = (more: WireObject) =>
    under.call('UpdateService', { cluster: 'prod', service: 'web', ...more });

  it('show a service by name or ARN, with everything a watcher reads', async () => {
    await startWeb(under);
    const { services } = await describeWeb();
    expect(await describeWeb(under.service('web').arn)).toEqual({ services, failures: [] });
    expect(services).toMatchObject([
      {
        serviceName: 'web',
        status: 'ACTIVE',
        desiredCount: 2,
        runningCount: 2,
        pendingCount: 0,
        launchType: 'FARGATE',
        deploymentController: { type: 'ECS' },
        deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 100, strategy: 'ROLLING' },
        deployments: [{ status: 'PRIMARY', rolloutState: 'COMPLETED', runningCount: 2, failedTasks: 0 }],
        currentServiceDeployment: first(under.service('web').serviceDeployments).arn,
      },
    ]);
  });

  it('count each deployment’s own tasks while two run', async () => {
    await startWeb(under);
    await forceWeb(under);
    await under.clock.pass(8_000);
    const { services } = await describeWeb();
    expect(services).toMatchObject([
      {
        runningCount: 4,
        deployments: [
          { status: 'PRIMARY', rolloutState: 'IN_PROGRESS', desiredCount: 2, runningCount: 2 },
          { status: 'ACTIVE', desiredCount: 2, runningCount: 2 },
        ],
      },
    ]);
  });

  it('answer for a missing service in failures, and for a missing cluster with an error', async () => {
    await createWeb(under);
    expect(await describeWeb('nobody')).toEqual({
      services: [],
      failures: [{ arn: 'arn:aws:ecs:eu-west-1:123456789012:service/prod/nobody', reason: 'MISSING' }],
    });
    expect((await describeWeb('arn:aws:ecs:eu-west-1:999999999999:service/prod/web')).services).toEqual([]);
    await expect(describeWeb('web', 'nowhere')).rejects.toMatchObject({
      type: 'ClusterNotFoundException',
      message: 'Cluster not found.',
    });
  });

  it.each<[string, WireObject, string]>([
    ['an unknown service', { service: 'nobody' }, 'ServiceNotFoundException'],
    ['an unknown cluster', { cluster: 'nowhere' }, 'ClusterNotFoundException'],
    ['an unknown task definition', { taskDefinition: 'nothing:3' }, 'ClientException'],
    [
      'percentages nothing fits between',
      { deploymentConfiguration: { maximumPercent: 100 } },
      'InvalidParameterException',
    ],
  ])('refuse to update with %s', async (_case, input, type) => {
    await createWeb(under);
    await expect(update(input)).rejects.toMatchObject({ type });
    expect(under.service('web').deployments).toHaveLength(1);
  });

  it('describe at most ten at a time', async () => {
    const services = Array.from({ length: 11 }, (_, index) => `s${index}`);
    await expect(under.call('DescribeServices', { cluster: 'prod', services })).rejects.toMatchObject({
      type: 'InvalidParameterException',
    });
  });

  it('save a part of the deployment configuration without starting anything', async () => {
    await startWeb(under);
    const { id } = under.primary('web');
    await update({ deploymentConfiguration: { minimumHealthyPercent: 50 } });
    await under.clock.pass(60_000);
    expect((await describeWeb()).services).toMatchObject([
      { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 }, deployments: [{ id }] },
    ]);
  });

  it('roll out another revision, or the latest of a family, when it is named', async () => {
    await startWeb(under);
    await under.call('RegisterTaskDefinition', {
      family: 'web',
      containerDefinitions: [{ name: 'a', image: 'x', memory: 1 }],
    });
    await update({ taskDefinition: 'web:1' });
    expect(under.service('web').deployments).toHaveLength(1);
    await update({ taskDefinition: 'web' });
    expect(under.primary('web').revision.taskDefinition.revision).toBe(2);
  });

  it('refuse to force a CODE_DEPLOY service, which shows task sets instead of deployments', async () => {
    await createWeb(under, { deploymentController: { type: 'CODE_DEPLOY' } });
    await under.clock.pass(60_000);
    await expect(update({ forceNewDeployment: true })).rejects.toMatchObject({
      type: 'InvalidParameterException',
      message:
        'Cannot force a new deployment on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
    });
    await update({ desiredCount: 3 });
    expect((await describeWeb()).services).toMatchObject([
      { deployments: [], taskSets: [{ status: 'PRIMARY', runningCount: 2 }] },
    ]);
    expect(under.service('web').serviceDeployments).toEqual([]);
  });

  it('give an EXTERNAL service no tasks of their own accord', async () => {
    await createWeb(under, { deploymentController: { type: 'EXTERNAL' } });
    await under.clock.pass(60_000);
    expect(under.ecs.tasks()).toEqual([]);
  });

  it('do not create a service twice', async () => {
    await createWeb(under);
    await expect(createWeb(under)).rejects.toMatchObject({ type: 'InvalidParameterException' });
  });

  it('follow a capacity provider of Fargate in place of a launch type', async () => {
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }];
    await startWeb(under, { launchType: undefined, capacityProviderStrategy });
    const { services } = await describeWeb();
    expect(services[0]).toMatchObject({ capacityProviderStrategy });
    expect(services[0]).not.toHaveProperty('launchType');
  });

  it('list and describe service deployments by status, newest first', async () => {
    await startWeb(under);
    await forceWeb(under);
    await under.clock.until(isCompleted(under));
    await forceWeb(under);
    const list = (more: WireObject) =>
      under.call('ListServiceDeployments', { cluster: 'prod', service: 'web', ...more });
    const [running, ...done] = under.service('web').serviceDeployments;
    expect(await list({ status: ['IN_PROGRESS'] })).toMatchObject({
      serviceDeployments: [{ serviceDeploymentArn: running?.arn, status: 'IN_PROGRESS' }],
    });
    expect(await list({ status: ['SUCCESSFUL'] })).toMatchObject({
      serviceDeployments: done.map(({ arn }) => ({ serviceDeploymentArn: arn })),
    });
    const serviceDeploymentArns = [running?.arn ?? '', `${running?.arn}0`];
    expect(await under.call('DescribeServiceDeployments', { serviceDeploymentArns })).toMatchObject({
      serviceDeployments: [
        { status: 'IN_PROGRESS', deploymentCircuitBreaker: { status: 'DISABLED', threshold: 3 } },
      ],
      failures: [{ arn: `${running?.arn}0`, reason: 'MISSING' }],
    });
  });

  it('find no service deployment that is not there to stop', async () => {
    const serviceDeploymentArn = 'arn:aws:ecs:eu-west-1:123456789012:service-deployment/prod/web/none';
    await expect(under.call('StopServiceDeployment', { serviceDeploymentArn })).rejects.toMatchObject({
      type: 'ServiceDeploymentNotFoundException',
    });
  });

  it('keep tags on what is there, and refuse them for what is not', async () => {
    await createWeb(under, { tags: [{ key: 'env', value: 'prod' }] });
    const resourceArn = under.service('web').arn;
    await under.call('TagResource', {
      resourceArn,
      tags: [
        { key: 'env', value: 'staging' },
        { key: 'a', value: 'b' },
      ],
    });
    const tags = [
      { key: 'env', value: 'staging' },
      { key: 'a', value: 'b' },
    ];
    expect(await under.call('ListTagsForResource', { resourceArn })).toEqual({ tags });
    const answer = await under.call('DescribeServices', {
      cluster: 'prod',
      services: ['web'],
      include: ['TAGS'],
    });
    expect(answer).toMatchObject({ services: [{ tags }] });
    await expect(under.call('ListTagsForResource', { resourceArn: `${resourceArn}0` })).rejects.toMatchObject(
      {
        type: 'InvalidParameterException',
      },
    );
  });
});
