import { type EcsUnderTest, host, image, startEcs, startWeb } from './start-ecs.ts';

describe('the knobs', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
  });
  afterEach(() => under.close());

  it('know an instance by its ARN, its id or its EC2 id', () => {
    const arn = under.ecs.addInstance({ cluster: 'prod', ec2InstanceId: 'i-0abc' });
    const [instance] = under.ecs.state().instances.values();
    for (const [id, behavior] of [
      [arn, 'always'],
      [arn.split('/').at(-1) ?? '', 'once'],
      ['i-0abc', 'prefer-cached'],
    ] as const) {
      under.ecs.setPullBehavior(id, behavior);
      expect(instance?.behavior).toBe(behavior);
    }
    expect(() => under.ecs.setPullBehavior('i-none', 'once')).toThrow('No container instance i-none');
  });

  it('refuse an instance for a cluster that is not there', () => {
    expect(() => under.ecs.addInstance({ cluster: 'nowhere' })).toThrow('Cluster not found.');
  });

  it('evict the images of one instance, by prefix, and leave the others', async () => {
    const arns = [under.ecs.addInstance({ cluster: 'prod' }), under.ecs.addInstance({ cluster: 'prod' })];
    await startWeb(under, { launchType: 'EC2' });
    const [one, other] = [...under.ecs.state().instances.values()];
    expect(under.ecs.evictImages(arns[0], 'ghcr.io/')).toBe(0);
    expect(under.ecs.evictImages(arns[0], `${host}/team/`)).toBe(2);
    expect([one?.cache.find(image), other?.cache.find(image)]).toEqual([
      undefined,
      expect.stringMatching(/^sha256:/),
    ]);
    expect(under.ecs.evictImages()).toBe(2);
  });

  it('show all services, tasks and events there are', async () => {
    await startWeb(under);
    expect(under.ecs.services().map(({ name }) => name)).toEqual(['web']);
    expect(under.ecs.tasks()).toHaveLength(2);
    expect(under.ecs.events('prod', 'web')).toHaveLength(3);
  });

  it('keep the service’s latest hundred events, as AWS does', async () => {
    await startWeb(under, { desiredCount: 1 });
    under.ecs.setTaskBehavior('web', { kind: 'exits', code: 1, after: 100 });
    await under.call('StopTask', { cluster: 'prod', task: under.newTasks('web')[0]?.arn });
    await under.clock.pass(3_000_000);
    expect(under.ecs.events('prod', 'web')).toHaveLength(100);
  });
});
