import {
  type EcsUnderTest,
  first,
  forceWeb,
  image,
  isCompleted,
  messages,
  startEcs,
  startWeb,
} from '../start-ecs.ts';

const onEc2 = { launchType: 'EC2' };

describe('a service on EC2', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
  });
  afterEach(() => under.close());

  it('spreads its tasks over the instances of its cluster', async () => {
    const instances = [
      under.ecs.addInstance({ cluster: 'prod' }),
      under.ecs.addInstance({ cluster: 'prod' }),
    ];
    await startWeb(under, onEc2);
    expect(under.newTasks('web').map(({ instance }) => instance?.arn)).toEqual(
      expect.arrayContaining(instances),
    );
  });

  it('waits for room, says so once, and starts when an instance comes', async () => {
    under.ecs.addInstance({ cluster: 'prod', memory: 300 });
    await expect(startWeb(under, onEc2)).rejects.toThrow('It did not come true');
    const missed = messages(under).filter((text) => text.includes('was unable to place a task'));
    expect(missed).toEqual([
      expect.stringMatching(
        /because no container instance met all of its requirements\. The closest matching \(container-instance \w{32}\) has insufficient memory available\.$/,
      ),
    ]);
    under.ecs.addInstance({ cluster: 'prod' });
    await under.clock.until(isCompleted(under));
  });

  it('names the missing instances where the cluster has none', async () => {
    await expect(startWeb(under, onEc2)).rejects.toThrow();
    expect(first(messages(under))).toMatch(/No Container Instances were found in your cluster\.$/);
  });

  it('places nothing on an instance that drains or whose agent is lost', async () => {
    const draining = under.ecs.addInstance({ cluster: 'prod' });
    const lost = under.ecs.addInstance({ cluster: 'prod' });
    const good = under.ecs.addInstance({ cluster: 'prod' });
    under.ecs.setInstance(draining, { status: 'DRAINING' });
    under.ecs.setInstance(lost, { agentConnected: false });
    await startWeb(under, onEc2);
    expect(under.newTasks('web').map(({ instance }) => instance?.arn)).toEqual([good, good]);
  });

  it('shows on its instances what is left and what runs', async () => {
    const instance = under.ecs.addInstance({ cluster: 'prod', cpu: 1024, memory: 1000 });
    await startWeb(under, onEc2, { cpu: 100 });
    const answer = await under.call('DescribeContainerInstances', {
      cluster: 'prod',
      containerInstances: [instance],
    });
    expect(answer).toMatchObject({
      containerInstances: [
        {
          runningTasksCount: 2,
          remainingResources: [
            { name: 'CPU', integerValue: 824 },
            { name: 'MEMORY', integerValue: 488 },
          ],
        },
      ],
    });
  });
});

describe('a DAEMON service', () => {
  const daemon = { launchType: 'EC2', schedulingStrategy: 'DAEMON', desiredCount: undefined };
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
    for (let count = 0; count < 3; count += 1) under.ecs.addInstance({ cluster: 'prod' });
    await startWeb(under, daemon);
  });
  afterEach(() => under.close());

  it('runs one task on each instance, and on one that comes later', async () => {
    expect(new Set(under.newTasks('web').map(({ instance }) => instance)).size).toBe(3);
    under.ecs.addInstance({ cluster: 'prod' });
    await under.clock.pass(60_000);
    expect(under.newTasks('web').filter((task) => task.lastStatus === 'RUNNING')).toHaveLength(4);
  });

  it('stops an instance’s old task before it starts the new one, though there is room for both', async () => {
    await forceWeb(under);
    await under.clock.until(isCompleted(under));
    const tasks = under.ecs.tasks();
    const stoppedAt = new Map(
      tasks.flatMap((task) => (task.stoppedAt ? [[task.instance, task.stoppedAt]] : [])),
    );
    for (const task of under.newTasks('web')) {
      expect(task.createdAt).toBeGreaterThanOrEqual(stoppedAt.get(task.instance) ?? Number.POSITIVE_INFINITY);
    }
    expect(under.newTasks('web')).toHaveLength(3);
  });

  it('keeps its healthy share while it goes round', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 60 };
    await under.call('UpdateService', {
      cluster: 'prod',
      service: 'web',
      deploymentConfiguration,
      forceNewDeployment: true,
    });
    let fewest = 3;
    await under.clock.until(() => {
      const running = under.ecs.tasks().filter((task) => task.lastStatus === 'RUNNING');
      fewest = Math.min(fewest, running.length);
      return isCompleted(under)();
    });
    expect(fewest).toBe(2);
  });
});

describe('a standalone task', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
    await under.call('RegisterTaskDefinition', {
      family: 'nightly',
      containerDefinitions: [{ name: 'job', image, memory: 256 }],
    });
  });
  afterEach(() => under.close());

  const run = (more = {}) => under.call('RunTask', { cluster: 'prod', taskDefinition: 'nightly', ...more });

  it('is listed by its family or by whoever started it, and belongs to no service', async () => {
    under.ecs.addInstance({ cluster: 'prod' });
    await run({ startedBy: 'events-rule/nightly' });
    const [task] = under.ecs.tasks();
    const byFamily = await under.call('ListTasks', { cluster: 'prod', family: 'nightly' });
    const byStarter = await under.call('ListTasks', { cluster: 'prod', startedBy: 'events-rule/nightly' });
    expect(byFamily).toEqual({ taskArns: [task?.arn] });
    expect(byStarter).toEqual(byFamily);
    expect(task?.group).toBe('family:nightly');
  });

  it('is refused part by part where the instances have no room', async () => {
    const arn = under.ecs.addInstance({ cluster: 'prod', memory: 600 });
    const answer = await run({ count: 3 });
    expect(answer).toMatchObject({ failures: [{ arn, reason: 'RESOURCE:MEMORY' }] });
    expect(under.ecs.tasks()).toHaveLength(2);
  });

  it('is refused altogether where there are none', async () => {
    await expect(run()).rejects.toMatchObject({ type: 'InvalidParameterException' });
  });
});
