import {
  createWeb,
  type EcsUnderTest,
  first,
  forceWeb,
  isCompleted,
  messages,
  startEcs,
  startWeb,
} from '../start-ecs.ts';

describe('a rolling deployment', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
  });
  afterEach(() => under.close());

  it('is completed once the desired tasks have run steadily', async () => {
    await startWeb(under);
    expect(under.newTasks('web').map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING']);
    expect(messages(under)).toEqual([
      expect.stringMatching(/^\(service web\) \(deployment ecs-svc\/\d{19}\) deployment completed\.$/),
      '(service web) has reached a steady state.',
      expect.stringMatching(/^\(service web\) has started 2 tasks: \(task \w{32}\) \(task \w{32}\)\.$/),
    ]);
  });

  it('is replaced by a forced one, whose tasks say which deployment they belong to', async () => {
    await startWeb(under);
    const before = under.primary('web');
    await forceWeb(under);
    const [now, old] = under.service('web').deployments;
    expect(now).toMatchObject({ status: 'PRIMARY', rolloutState: 'IN_PROGRESS' });
    expect(old).toMatchObject({ id: before.id, status: 'ACTIVE', rolloutState: 'COMPLETED' });
    await under.clock.until(isCompleted(under));
    expect(under.service('web').deployments).toHaveLength(1);
    expect(under.newTasks('web')).toHaveLength(2);
    const replaced = under.ecs.tasks().filter(({ startedBy }) => startedBy === before.id);
    expect(replaced.map(({ lastStatus, stopCode }) => [lastStatus, stopCode])).toEqual([
      ['STOPPED', 'ServiceSchedulerInitiated'],
      ['STOPPED', 'ServiceSchedulerInitiated'],
    ]);
  });

  it('keeps every old task until the new ones are healthy at 100 and 200 percent', async () => {
    await startWeb(under, { desiredCount: 4 });
    await forceWeb(under);
    let fewest = Number.POSITIVE_INFINITY;
    await under.clock.until(() => {
      const running = under.ecs.tasks().filter((task) => task.lastStatus === 'RUNNING').length;
      fewest = Math.min(fewest, running);
      return isCompleted(under)();
    });
    expect(fewest).toBe(4);
  });

  it('stops half first at 50 and 100 percent, and never has more than desired', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 100 };
    await startWeb(under, { desiredCount: 4, deploymentConfiguration });
    await forceWeb(under);
    const seen = new Set<number>();
    await under.clock.until(() => {
      const wanted = under.ecs.tasks().filter((task) => task.desiredStatus === 'RUNNING').length;
      seen.add(wanted);
      return isCompleted(under)();
    });
    expect(Math.max(...seen)).toBe(4);
    expect(under.newTasks('web')).toHaveLength(4);
  });

  it('says so when the percentages leave no move', async () => {
    await startWeb(under, { desiredCount: 1, deploymentConfiguration: { maximumPercent: 150 } });
    await forceWeb(under);
    await under.clock.pass(60_000);
    expect(under.newTasks('web')).toEqual([]);
    expect(first(messages(under))).toContain('was unable to stop or start tasks during a deployment');
  });

  it('is complete at once without a task where nothing is desired', async () => {
    await createWeb(under, { desiredCount: 0 });
    await under.clock.pass(1_000);
    expect(under.primary('web').rolloutState).toBe('COMPLETED');
    expect(under.ecs.tasks()).toEqual([]);
  });

  it('is superseded by a second force, whose service deployment alone succeeds', async () => {
    await startWeb(under);
    await forceWeb(under);
    await under.clock.pass(8_000);
    await forceWeb(under);
    expect(under.service('web').deployments.map(({ status }) => status)).toEqual([
      'PRIMARY',
      'ACTIVE',
      'ACTIVE',
    ]);
    expect(under.service('web').serviceDeployments.map(({ status }) => status)).toEqual([
      'IN_PROGRESS',
      'STOP_REQUESTED',
      'SUCCESSFUL',
    ]);
    await under.clock.until(isCompleted(under));
    expect(under.service('web').serviceDeployments.map(({ status }) => status)).toEqual([
      'SUCCESSFUL',
      'STOPPED',
      'SUCCESSFUL',
    ]);
  });

  it('is not begun by a change of the desired count, which only starts or stops tasks', async () => {
    await startWeb(under);
    const { id } = under.primary('web');
    await under.call('UpdateService', { cluster: 'prod', service: 'web', desiredCount: 3 });
    await under.clock.until(
      () => under.newTasks('web').filter((task) => task.lastStatus === 'RUNNING').length === 3,
    );
    await under.call('UpdateService', { cluster: 'prod', service: 'web', desiredCount: 1 });
    await under.clock.pass(60_000);
    expect(under.newTasks('web').filter((task) => task.lastStatus === 'RUNNING')).toHaveLength(1);
    expect(under.primary('web').id).toBe(id);
  });

  it('replaces a task that someone stops', async () => {
    await startWeb(under);
    const { arn } = first(under.newTasks('web'));
    await under.call('StopTask', { cluster: 'prod', task: arn, reason: 'too warm' });
    await under.clock.pass(60_000);
    const tasks = under.newTasks('web');
    expect(tasks.filter((task) => task.lastStatus === 'RUNNING')).toHaveLength(2);
    expect(first(tasks)).toMatchObject({ stopCode: 'UserInitiated', stoppedReason: 'too warm' });
  });

  it('shows a stopped task for an hour and no longer', async () => {
    await startWeb(under);
    const { arn } = first(under.newTasks('web'));
    await under.call('StopTask', { cluster: 'prod', task: arn });
    await under.clock.pass(3_600_000);
    expect(await under.call('DescribeTasks', { cluster: 'prod', tasks: [arn] })).toMatchObject({
      failures: [],
    });
    await under.clock.pass(10_000);
    expect(await under.call('DescribeTasks', { cluster: 'prod', tasks: [arn] })).toEqual({
      tasks: [],
      failures: [{ arn, reason: 'MISSING' }],
    });
  });

  it('leaves no timer behind when the stand-in is closed in the middle of it', async () => {
    await startWeb(under);
    await forceWeb(under);
    await under.clock.pass(2_000);
    under.ecs.close();
    expect(under.clock.pendingTimers).toBe(0);
  });

  it('costs no timer at all while every service is steady', async () => {
    await startWeb(under);
    await under.clock.pass(7_200_000);
    expect(under.clock.pendingTimers).toBe(0);
  });
});
