import type { WireObject } from '../../../../../sandbox/aws/operation.ts';
import {
  createWeb,
  type EcsUnderTest,
  first,
  forceWeb,
  image,
  role,
  startEcs,
  startWeb,
} from '../start-ecs.ts';

describe('the lists', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
  });
  afterEach(() => under.close());

  const createMany = async (count: number) => {
    await createWeb(under, { desiredCount: 0 });
    for (let index = 1; index < count; index += 1) {
      const serviceName = `s${index}`;
      await under.call('CreateService', {
        cluster: 'prod',
        serviceName,
        taskDefinition: 'web',
        desiredCount: 0,
      });
    }
  };
  const collect = async (operation: string, member: string, input: WireObject = {}) => {
    const pages: unknown[][] = [];
    let nextToken: unknown;
    do {
      const page: WireObject = await under.call(operation, { ...input, ...(nextToken ? { nextToken } : {}) });
      pages.push(page[member] as unknown[]);
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return pages;
  };

  it('give services ten a page unless asked for more, at most a hundred', async () => {
    await createMany(23);
    const sizes = (pages: unknown[][]) => pages.map(({ length }) => length);
    expect(sizes(await collect('ListServices', 'serviceArns', { cluster: 'prod' }))).toEqual([10, 10, 3]);
    const all = await collect('ListServices', 'serviceArns', { cluster: 'prod', maxResults: 100 });
    expect(sizes(all)).toEqual([23]);
    await expect(under.call('ListServices', { cluster: 'prod', maxResults: 101 })).rejects.toMatchObject({
      type: 'InvalidParameterException',
    });
  });

  it('can be forced to small pages, with every item on one of them', async () => {
    await createMany(7);
    under.ecs.setMaxPage(3);
    const pages = await collect('ListServices', 'serviceArns', { cluster: 'prod', maxResults: 100 });
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(new Set(pages.flat()).size).toBe(7);
  });

  it('refuse a token that is not theirs', async () => {
    const nextToken = Buffer.from('5').toString('base64');
    await expect(under.call('ListClusters', { nextToken })).rejects.toMatchObject({
      type: 'InvalidParameterException',
    });
  });

  it('name clusters, and describe those that exist', async () => {
    await under.call('CreateCluster', { clusterName: 'staging', tags: [{ key: 'env', value: 's' }] });
    const arn = (name: string) => `arn:aws:ecs:eu-west-1:123456789012:cluster/${name}`;
    expect(await collect('ListClusters', 'clusterArns')).toEqual([[arn('prod'), arn('staging')]]);
    const clusters = [arn('staging'), 'nowhere'];
    expect(await under.call('DescribeClusters', { clusters, include: ['TAGS'] })).toMatchObject({
      clusters: [{ clusterName: 'staging', status: 'ACTIVE', tags: [{ key: 'env', value: 's' }] }],
      failures: [{ arn: arn('nowhere'), reason: 'MISSING' }],
    });
  });

  it('hide stopping tasks unless asked for STOPPED', async () => {
    await startWeb(under);
    const [one, other] = under.newTasks('web').map(({ arn }) => arn);
    await under.call('StopTask', { cluster: 'prod', task: one });
    const list = (more: WireObject) =>
      under.call('ListTasks', { cluster: 'prod', serviceName: 'web', ...more });
    expect(await list({})).toEqual({ taskArns: [other] });
    expect(await list({ desiredStatus: 'STOPPED' })).toEqual({ taskArns: [one] });
  });

  it('find a deployment’s tasks by startedBy, which goes with no other filter', async () => {
    await startWeb(under);
    await forceWeb(under);
    await under.clock.pass(2_000);
    const startedBy = under.primary('web').id;
    const taskArns = under.newTasks('web').map(({ arn }) => arn);
    expect(taskArns).toHaveLength(2);
    expect(await under.call('ListTasks', { cluster: 'prod', startedBy })).toEqual({ taskArns });
    const both = { cluster: 'prod', startedBy, desiredStatus: 'STOPPED' };
    await expect(under.call('ListTasks', both)).rejects.toMatchObject({ type: 'InvalidParameterException' });
  });

  it('find tasks by family and by instance', async () => {
    const instance = under.ecs.addInstance({ cluster: 'prod' });
    const elsewhere = under.ecs.addInstance({ cluster: 'prod' });
    under.ecs.setInstance(elsewhere, { status: 'DRAINING' });
    await startWeb(under, { launchType: 'EC2' });
    const taskArns = under.newTasks('web').map(({ arn }) => arn);
    expect(await under.call('ListTasks', { cluster: 'prod', family: 'web' })).toEqual({ taskArns });
    expect(await under.call('ListTasks', { cluster: 'prod', containerInstance: instance })).toEqual({
      taskArns,
    });
    expect(await under.call('ListTasks', { cluster: 'prod', containerInstance: elsewhere })).toEqual({
      taskArns: [],
    });
    const active = { cluster: 'prod', status: 'ACTIVE' };
    expect(await under.call('ListContainerInstances', active)).toEqual({ containerInstanceArns: [instance] });
  });

  it('name task definitions and families, with the latest revision behind a bare family', async () => {
    for (const family of ['web', 'web', 'api']) {
      await under.call('RegisterTaskDefinition', {
        family,
        executionRoleArn: role,
        containerDefinitions: [{ name: 'a', image, memory: 1 }],
      });
    }
    const [arns] = await collect('ListTaskDefinitions', 'taskDefinitionArns');
    expect(arns?.map((arn) => String(arn).split('/')[1])).toEqual(['api:1', 'web:1', 'web:2']);
    const newest = { familyPrefix: 'web', sort: 'DESC', maxResults: 1 };
    expect(first((await under.call('ListTaskDefinitions', newest)).taskDefinitionArns as string[])).toMatch(
      /web:2$/,
    );
    expect(await collect('ListTaskDefinitionFamilies', 'families', { familyPrefix: 'w' })).toEqual([['web']]);
    expect(await under.call('DescribeTaskDefinition', { taskDefinition: 'web' })).toMatchObject({
      taskDefinition: { revision: 2, status: 'ACTIVE', containerDefinitions: [{ image, essential: true }] },
    });
    await expect(under.call('DescribeTaskDefinition', { taskDefinition: 'web:9' })).rejects.toMatchObject({
      type: 'ClientException',
    });
  });
});
