import { addService, type EstateUnderTest, scanned, startEstate, untilSteady } from './start-estate.ts';

let under: EstateUnderTest;

beforeEach(async () => {
  under = await startEstate();
});
afterEach(async () => {
  expect(under.server.problems).toEqual([]);
  await under.close();
});

const breaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } };
const force = (service: string) =>
  under.call('UpdateService', { cluster: 'main', service, forceNewDeployment: true });

describe('look', () => {
  test('shows counts, deployments and the newest event', async () => {
    await addService(under, { name: 'web' });
    await untilSteady(under, 'web');
    const [sight] = await under.estate.look([await scanned(under, 'web')]);
    expect(sight).toMatchObject({ desired: 2, running: 2, pending: 0, rolledBack: false });
    expect(sight?.deployments).toEqual([
      {
        id: expect.stringMatching(/^ecs-svc\//),
        status: 'PRIMARY',
        rollout: 'COMPLETED',
        createdAt: expect.any(Number),
        running: 2,
        pending: 0,
        desired: 2,
        failedTasks: 0,
        taskDefinition: expect.stringMatching(/web:1$/),
      },
    ]);
    expect(sight?.newestEvent).toEqual({ id: expect.any(String), text: expect.stringContaining('web') });
  });

  test('has the newest deployment first while the old one is still there', async () => {
    await addService(under, { name: 'web' });
    await untilSteady(under, 'web');
    await force('web');
    const [sight] = await under.estate.look([await scanned(under, 'web')]);
    expect(sight?.deployments.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE']);
    expect(sight?.deployments[0]?.rollout).toBe('IN_PROGRESS');
  });

  test('takes ten services a call, and leaves out what is gone', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `s${n}`);
    for (const name of names) await addService(under, { name });
    const found = (await under.estate.scan()).filter((one) => one.kind === 'service');
    under.forget();
    const gone = found.map((one, n) => (n === 3 ? { ...one, arn: `${one.arn}-gone` } : one));
    expect(await under.estate.look(gone)).toHaveLength(11);
    expect(under.count('DescribeServices')).toBe(2);
    expect(under.count('ListServiceDeployments')).toBe(0);
  });

  test('tells a rollback while it runs and after it is complete', async () => {
    await addService(under, { name: 'web', service: breaker });
    await untilSteady(under, 'web');
    const web = await scanned(under, 'web');
    under.registry.accepted = 'another';
    await force('web');
    const rolledBack = async () => (await under.estate.look([web]))[0]?.rolledBack;
    expect(await rolledBack()).toBe(false);
    await under.time.until(() =>
      under.ecs.events('main', 'web').some((one) => one.message.includes('rolling back')),
    );
    expect(await rolledBack()).toBe(true);
    await untilSteady(under, 'web');
    under.ecs.setMaxPage(1);
    expect(await rolledBack()).toBe(true);
    under.registry.accepted = 'right';
    await force('web');
    await untilSteady(under, 'web');
    expect(await rolledBack()).toBe(false);
  });

  test('does not take a failed deployment without rollback for one', async () => {
    const noRollback = {
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    };
    await addService(under, { name: 'web', service: noRollback });
    await untilSteady(under, 'web');
    const web = await scanned(under, 'web');
    under.registry.accepted = 'another';
    await force('web');
    await under.time.until(() => under.ecs.services()[0]?.deployments[0]?.rolloutState === 'FAILED');
    const [sight] = await under.estate.look([web]);
    expect(sight).toMatchObject({ rolledBack: false, deployments: [{ rollout: 'FAILED' }, {}] });
  });
});

describe('tasks', () => {
  test('tell who started them, when they pulled and what of, once they run', async () => {
    await addService(under, { name: 'web' });
    await untilSteady(under, 'web');
    const tasks = await under.estate.tasks(await scanned(under, 'web'), 0);
    expect(tasks).toHaveLength(2);
    expect(tasks[0]).toEqual({
      arn: expect.stringContaining(':task/main/'),
      startedBy: under.ecs.services()[0]?.deployments[0]?.id,
      launchType: 'FARGATE',
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      createdAt: expect.any(Number),
      pullStartedAt: expect.any(Number),
      pullStoppedAt: expect.any(Number),
      startedAt: expect.any(Number),
      containers: [
        {
          name: 'app',
          image: expect.stringContaining('team/web'),
          digest: expect.stringMatching(/^sha256:/),
          lastStatus: 'RUNNING',
        },
      ],
    });
  });

  test('are those since a moment, RUNNING and STOPPED, however small the pages', async () => {
    await addService(under, { name: 'web' });
    await untilSteady(under, 'web');
    const web = await scanned(under, 'web');
    const since = under.time.now();
    under.registry.accepted = 'another';
    await force('web');
    await under.time.pass(90_000);
    under.ecs.setMaxPage(1);
    const tasks = await under.estate.tasks(web, since);
    expect(tasks.every(({ createdAt }) => createdAt >= since)).toBe(true);
    const [stopped] = tasks.filter(({ lastStatus }) => lastStatus === 'STOPPED');
    expect(stopped).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringContaining('CannotPull'),
      stoppedAt: expect.any(Number),
    });
    expect(await under.estate.tasks(web, 0)).toHaveLength(tasks.length + 2);
  });

  test('name the EC2 instance, asked for once', async () => {
    await under.call('CreateCluster', { clusterName: 'main' });
    under.ecs.addInstance({ cluster: 'main', ec2InstanceId: 'i-0a1' });
    await addService(under, { name: 'web', service: { launchType: 'EC2' } });
    await untilSteady(under, 'web');
    const web = await scanned(under, 'web');
    for (let n = 0; n < 2; n += 1) {
      const tasks = await under.estate.tasks(web, 0);
      expect(tasks.map(({ host, launchType }) => [host, launchType])).toEqual([
        ['i-0a1', 'EC2'],
        ['i-0a1', 'EC2'],
      ]);
    }
    expect(under.count('DescribeContainerInstances')).toBe(1);
  });

  test('are none where the service is gone', async () => {
    await addService(under, { name: 'web' });
    const web = await scanned(under, 'web');
    expect(await under.estate.tasks({ ...web, name: 'gone' }, 0)).toEqual([]);
  });
});
