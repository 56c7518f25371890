import type { EcsEvent } from '../../../../sandbox/aws/ecs/events/emit.ts';
import {
  type EcsUnderTest,
  forceWeb,
  image,
  isCompleted,
  login,
  secretId,
  startEcs,
  startWeb,
} from './start-ecs.ts';

describe('the events', () => {
  let under: EcsUnderTest;
  let heard: EcsEvent[];
  beforeEach(async () => {
    under = await startEcs();
    heard = [];
    under.ecs.onEvent((event) => heard.push(event));
  });
  afterEach(() => under.close());

  const detailsOf = (type: EcsEvent['detail-type']) =>
    heard.filter((event) => event['detail-type'] === type).map(({ detail }) => detail);

  it('tell each state of a task in order, as DescribeTasks would with ISO times', async () => {
    await startWeb(under, { desiredCount: 1 });
    const details = detailsOf('ECS Task State Change');
    expect(details.map(({ lastStatus, version }) => [lastStatus, version])).toEqual([
      ['PROVISIONING', 1],
      ['PENDING', 2],
      ['RUNNING', 3],
    ]);
    expect(details.at(-1)).toMatchObject({
      group: 'service:web',
      startedBy: under.primary('web').id,
      startedAt: expect.stringMatching(/^2026-11-20T/),
      containers: [{ image, lastStatus: 'RUNNING' }],
    });
    expect(heard[0]).toMatchObject({ source: 'aws.ecs', account: '123456789012', region: 'eu-west-1' });
  });

  it('tell a deployment’s beginning and end, with its id', async () => {
    await startWeb(under);
    await forceWeb(under);
    await under.clock.until(isCompleted(under));
    const details = detailsOf('ECS Deployment State Change').slice(-2);
    const deploymentId = under.primary('web').id;
    expect(details).toEqual([
      expect.objectContaining({
        eventType: 'INFO',
        eventName: 'SERVICE_DEPLOYMENT_IN_PROGRESS',
        deploymentId,
      }),
      expect.objectContaining({ eventType: 'INFO', eventName: 'SERVICE_DEPLOYMENT_COMPLETED', deploymentId }),
    ]);
  });

  it('tell a deployment that the breaker failed as an error', async () => {
    const deploymentCircuitBreaker = { enable: true, rollback: false };
    await startWeb(under, { deploymentConfiguration: { deploymentCircuitBreaker } });
    under.secrets.set(secretId, login('wrong'));
    await forceWeb(under);
    await under.clock.until(() => under.primary('web').rolloutState === 'FAILED');
    expect(detailsOf('ECS Deployment State Change').at(-1)).toMatchObject({
      eventType: 'ERROR',
      eventName: 'SERVICE_DEPLOYMENT_FAILED',
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
    });
    const stopped = detailsOf('ECS Task State Change').filter(({ lastStatus }) => lastStatus === 'STOPPED');
    expect(stopped[0]).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: expect.any(String) });
  });

  it('carry the reason of a RUNNING container that runs an old copy', async () => {
    under.ecs.addInstance({ cluster: 'prod' });
    await startWeb(under, { launchType: 'EC2', desiredCount: 1 });
    under.secrets.set(secretId, login('wrong'));
    await forceWeb(under);
    await under.clock.until(isCompleted(under));
    const running = detailsOf('ECS Task State Change').filter(({ lastStatus }) => lastStatus === 'RUNNING');
    expect(running.at(-1)).toMatchObject({
      containers: [{ reason: expect.stringMatching(/^CannotPullImageManifestError: /) }],
    });
  });

  it('end for a listener that has had enough', async () => {
    const mine: EcsEvent[] = [];
    const end = under.ecs.onEvent((event) => mine.push(event));
    end();
    await startWeb(under);
    expect(mine).toEqual([]);
    expect(heard.length).toBeGreaterThan(0);
  });
});
