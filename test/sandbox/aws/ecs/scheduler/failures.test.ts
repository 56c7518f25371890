import { backOff } from '../../../../../sandbox/aws/ecs/scheduler/back-off.ts';
import { breakerThreshold } from '../../../../../sandbox/aws/ecs/scheduler/breaker-threshold.ts';
import { defaultSettings } from '../../../../../sandbox/aws/ecs/settings.ts';
import {
  type EcsUnderTest,
  first,
  forceWeb,
  isCompleted,
  login,
  messages,
  secretId,
  startEcs,
  startWeb,
} from '../start-ecs.ts';

const breaker = (rollback: boolean) => ({
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback } },
});

describe('a deployment whose tasks cannot start', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
  });
  afterEach(() => under.close());

  const breakLogin = () => under.secrets.set(secretId, login('wrong'));

  it('keeps the old tasks, counts failures and starts ever more rarely', async () => {
    await startWeb(under);
    breakLogin();
    await forceWeb(under);
    await under.clock.pass(600_000);
    const starts = under.newTasks('web').map(({ createdAt }) => createdAt);
    const gaps = starts.slice(1).map((at, index) => at - (starts[index] ?? at));
    expect(under.primary('web').failedTasks).toBe(starts.length);
    const waits = gaps.filter((gap) => gap > 0);
    expect(waits).toEqual([...waits].sort((one, other) => one - other));
    expect(waits.at(-1)).toBeGreaterThanOrEqual(80_000);
    expect(under.primary('web').rolloutState).toBe('IN_PROGRESS');
    expect(
      messages(under).filter((text) => text.includes('unable to consistently start tasks')),
    ).toHaveLength(1);
    expect(under.ecs.tasks().filter((task) => task.lastStatus === 'RUNNING')).toHaveLength(2);
  });

  it('goes on by itself once the login is right, and forgets its failures', async () => {
    await startWeb(under);
    breakLogin();
    await forceWeb(under);
    await under.clock.pass(60_000);
    under.secrets.set(secretId, login('s3cret-one'));
    await under.clock.until(isCompleted(under));
    expect(under.primary('web').failedTasks).toBe(0);
  });

  it('names the cause in a service event on Fargate', async () => {
    await startWeb(under);
    breakLogin();
    await forceWeb(under);
    await under.clock.pass(10_000);
    expect(messages(under)).toContainEqual(
      expect.stringMatching(
        /^\(service web\) was unable to place a task\. Reason: CannotPullContainerError: pull image manifest has been retried 1 time\(s\): .*401 Unauthorized\.$/,
      ),
    );
  });

  it('fails by the circuit breaker at its threshold and starts no more', async () => {
    await startWeb(under, breaker(false));
    breakLogin();
    await forceWeb(under);
    await under.clock.pass(3_000_000);
    expect(under.primary('web')).toMatchObject({
      rolloutState: 'FAILED',
      rolloutReason: 'ECS deployment circuit breaker: tasks failed to start.',
    });
    expect(first(under.service('web').serviceDeployments)).toMatchObject({
      status: 'STOPPED',
      breaker: { status: 'TRIGGERED', count: 3 },
    });
    expect(under.newTasks('web')).toHaveLength(4);
    expect(under.newTasks('web')).toHaveLength(0 + under.newTasks('web').length);
    expect(under.ecs.tasks().filter((task) => task.lastStatus === 'RUNNING')).toHaveLength(2);
  });

  it('is rolled back by a new deployment that keeps the tasks still running', async () => {
    await startWeb(under, breaker(true));
    const before = under.primary('web');
    const running = under.newTasks('web');
    breakLogin();
    await forceWeb(under);
    const failing = under.primary('web');
    await under.clock.until(isCompleted(under));
    const after = under.primary('web');
    expect([before.id, failing.id]).not.toContain(after.id);
    expect(after.revision).toBe(before.revision);
    expect(running.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'RUNNING']);
    expect(under.newTasks('web')).toEqual([]);
    const arn = first(under.service('web').serviceDeployments).arn;
    const answer = await under.call('DescribeServiceDeployments', { serviceDeploymentArns: [arn] });
    expect(answer).toMatchObject({
      serviceDeployments: [
        {
          status: 'ROLLBACK_SUCCESSFUL',
          rollback: { serviceRevisionArn: before.revision.arn },
          deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
        },
      ],
    });
    expect(messages(under)).toContain(`(service web) rolling back to deployment ${after.id}.`);
  });

  it('fails to roll back where tasks are missing that cannot pull either', async () => {
    const deploymentConfiguration = {
      ...breaker(true).deploymentConfiguration,
      minimumHealthyPercent: 50,
      maximumPercent: 100,
    };
    await startWeb(under, { deploymentConfiguration });
    breakLogin();
    await forceWeb(under);
    await under.clock.until(() => under.primary('web').rolloutState === 'FAILED');
    expect(first(under.service('web').serviceDeployments).status).toBe('ROLLBACK_FAILED');
    expect(under.ecs.tasks().filter((task) => task.lastStatus === 'RUNNING')).toHaveLength(1);
  });

  it('has nothing to go back to on the first deployment', async () => {
    breakLogin();
    await expect(startWeb(under, breaker(true))).rejects.toThrow('It did not come true');
    expect(first(under.service('web').serviceDeployments).status).toBe('ROLLBACK_FAILED');
    expect(messages(under)).toContainEqual(expect.stringContaining('no rollback candidate was found'));
  });

  it('is not failed by the breaker once one task has run', async () => {
    await startWeb(under, { ...breaker(true), desiredCount: 1 });
    await forceWeb(under);
    await under.clock.until(() => under.primary('web').hasRun);
    breakLogin();
    await under.call('StopTask', { cluster: 'prod', task: first(under.newTasks('web')).arn });
    await under.clock.pass(300_000);
    expect(under.primary('web').failedTasks).toBeGreaterThan(3);
    expect(under.primary('web').rolloutState).toBe('IN_PROGRESS');
  });

  it('does not trip the breaker of the deployment that superseded it', async () => {
    await startWeb(under, { ...breaker(true), desiredCount: 4 });
    breakLogin();
    await forceWeb(under);
    await under.clock.pass(5_500);
    const superseded = under.primary('web');
    await forceWeb(under);
    await under.clock.pass(700);
    expect(superseded.failedTasks).toBe(4);
    under.secrets.set(secretId, login('s3cret-one'));
    await under.clock.until(isCompleted(under));
    expect(first(under.service('web').serviceDeployments)).toMatchObject({
      status: 'SUCCESSFUL',
      breaker: { status: 'MONITORING_COMPLETE', count: 0 },
    });
  });

  it('is rolled back when StopServiceDeployment asks for it, and only while it is under way', async () => {
    await startWeb(under);
    breakLogin();
    await forceWeb(under);
    const serviceDeploymentArn = first(under.service('web').serviceDeployments).arn;
    await under.call('StopServiceDeployment', { serviceDeploymentArn, stopType: 'ROLLBACK' });
    expect(first(under.service('web').serviceDeployments).status).toBe('ROLLBACK_REQUESTED');
    await under.clock.pass(1_000);
    const [target, failed, ...others] = under.service('web').deployments;
    expect([target?.revision === failed?.revision, others]).toEqual([false, []]);
    await under.clock.until(isCompleted(under));
    expect(first(under.service('web').serviceDeployments).status).toBe('ROLLBACK_SUCCESSFUL');
    await expect(under.call('StopServiceDeployment', { serviceDeploymentArn })).rejects.toMatchObject({
      type: 'ConflictException',
    });
  });
});

describe('a task that misbehaves', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
    await startWeb(under, breaker(true));
  });
  afterEach(() => under.close());

  it('exits after it has run, which is no start failure and trips no breaker', async () => {
    under.ecs.setTaskBehavior('web', { kind: 'exits', code: 1, after: 5_000 });
    await forceWeb(under);
    await under.clock.pass(120_000);
    const [task] = under.newTasks('web');
    expect(task).toMatchObject({
      stopCode: 'EssentialContainerExited',
      stoppedReason: 'Essential container in task exited',
      containers: [{ exitCode: 1, reason: undefined }],
    });
    expect(task?.pullStoppedAt).toBeDefined();
    expect(under.primary('web')).toMatchObject({ rolloutState: 'IN_PROGRESS', failedTasks: 0 });
  });

  it('fails its health check, which counts and trips the breaker', async () => {
    under.ecs.setTaskBehavior('web', { kind: 'unhealthy', after: 5_000 });
    await forceWeb(under);
    await under.clock.until(isCompleted(under));
    expect(first(under.service('web').serviceDeployments).status).toBe('ROLLBACK_SUCCESSFUL');
  });

  it('never runs, so the deployment never settles, until the knob is taken back and it is forced again', async () => {
    under.ecs.setTaskBehavior('web', { kind: 'never-runs' });
    await forceWeb(under);
    await under.clock.pass(3_600_000);
    expect(under.newTasks('web').map(({ lastStatus }) => lastStatus)).toEqual(['PENDING', 'PENDING']);
    under.ecs.setTaskBehavior('web', undefined);
    await forceWeb(under);
    await under.clock.until(isCompleted(under));
  });
});

describe('the back-off', () => {
  it.each([
    [0, 4, 0],
    [2, 4, 0],
    [3, 1, 10_000],
    [6, 1, 20_000],
    [9, 1, 40_000],
    [10, 10, 10_000],
    [20, 10, 20_000],
    [60, 1, 1_620_000],
  ])('after %i failures of a service of %i is %i ms', (failures, desired, wait) => {
    expect(backOff(failures, desired, defaultSettings)).toBe(wait);
  });
});

describe('the breaker threshold', () => {
  it.each([
    [1, 3],
    [6, 3],
    [7, 4],
    [25, 13],
    [400, 200],
    [1000, 200],
  ])('of a service of %i is %i', (desired, threshold) => {
    expect(breakerThreshold(desired)).toBe(threshold);
  });
});
