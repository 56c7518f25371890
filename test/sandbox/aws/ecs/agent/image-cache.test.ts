import type { PullBehavior } from '../../../../../sandbox/aws/ecs/state.ts';
import {
  type EcsUnderTest,
  first,
  forceWeb,
  host,
  image,
  isCompleted,
  login,
  secretId,
  startEcs,
  startWeb,
} from '../start-ecs.ts';
import { privateContainer, runOnce } from './run-once.ts';

/** What becomes of a start whose login is refused. */
type Outcome = 'RUNNING' | 'RUNNING with a reason' | 'STOPPED';

describe('an instance’s image cache', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
  });
  afterEach(() => under.close());

  const startWith = (behavior: PullBehavior) => under.ecs.addInstance({ cluster: 'prod', behavior });
  const run = (name = image) => runOnce(under, 'EC2', [privateContainer(name)]);
  const breakLogin = () => under.secrets.set(secretId, login('wrong'));
  const outcomeOf = async (name?: string): Promise<Outcome> => {
    const task = await run(name);
    if (task.lastStatus !== 'RUNNING') return 'STOPPED';
    return first(task.containers).reason === undefined ? 'RUNNING' : 'RUNNING with a reason';
  };

  it.each<[PullBehavior, Outcome, Outcome]>([
    ['default', 'RUNNING with a reason', 'STOPPED'],
    ['always', 'STOPPED', 'STOPPED'],
    ['once', 'RUNNING', 'STOPPED'],
    ['prefer-cached', 'RUNNING', 'STOPPED'],
  ])(
    'under %s lets a refused tag be %s when it is local, %s when it was evicted',
    async (behavior, local, evicted) => {
      startWith(behavior);
      expect(await outcomeOf()).toBe('RUNNING');
      breakLogin();
      expect(await outcomeOf()).toBe(local);
      expect(under.ecs.evictImages(undefined, `${host}/team/app`)).toBe(2);
      expect(await outcomeOf()).toBe(evicted);
    },
  );

  it('shows the fallback as a RUNNING container with a reason, the old digest and no stoppedReason', async () => {
    startWith('default');
    await run();
    const old = under.registry.repositories.digestOf('team/app', '1');
    under.registry.repositories.publish('team/app', '1', '2');
    breakLogin();
    const { arn } = await run();
    const answer = await under.call('DescribeTasks', { cluster: 'prod', tasks: [arn] });
    expect(answer).toMatchObject({
      tasks: [
        {
          lastStatus: 'RUNNING',
          containers: [
            { imageDigest: old, reason: expect.stringMatching(/^CannotPullImageManifestError: /) },
          ],
        },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain('stoppedReason');
  });

  it('never shows the login for a digest it has, so that a refused login goes unnoticed', async () => {
    startWith('default');
    await run();
    const pinned = `${host}/team/app@${under.registry.repositories.digestOf('team/app', '1')}`;
    breakLogin();
    const before = under.registry.requests.length;
    expect(await outcomeOf(pinned)).toBe('RUNNING');
    expect(under.registry.requests.slice(before).map(({ path }) => path)).toEqual(['/v2/']);
  });

  it('asks with the login for a digest it does not have', async () => {
    startWith('default');
    const pinned = `${host}/team/app@${under.registry.repositories.digestOf('team/app', '1')}`;
    breakLogin();
    const task = await run(pinned);
    expect(task.lastStatus).toBe('STOPPED');
    expect(first(task.containers).reason).toMatch(
      /^CannotPullContainerError: Error response from daemon: Head /,
    );
  });

  it('downloads a moved tag’s new image once, and only asks about it afterwards', async () => {
    startWith('default');
    await run();
    const moved = under.registry.repositories.publish('team/app', '1', '2');
    expect(first((await run()).containers).imageDigest).toBe(moved);
    const before = under.registry.requests.length;
    await run();
    const paths = under.registry.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
    expect(paths.some((path) => path.includes('/blobs/'))).toBe(false);
  });

  it('does not ask the registry at all under once and prefer-cached, and leaves the pull times out', async () => {
    startWith('prefer-cached');
    await run();
    const before = under.registry.requests.length;
    const task = await run();
    expect(under.registry.requests.length).toBe(before);
    expect([task.pullStartedAt, task.pullStoppedAt]).toEqual([undefined, undefined]);
  });

  it('is not on Fargate, where each start asks and downloads', async () => {
    await runOnce(under, 'FARGATE', [privateContainer(image)]);
    const before = under.registry.requests.length;
    await runOnce(under, 'FARGATE', [privateContainer(image)]);
    const paths = under.registry.requests.slice(before).map(({ path }) => path);
    expect(paths.filter((path) => path.includes('/blobs/'))).toHaveLength(2);
  });
});

describe('version consistency', () => {
  let under: EcsUnderTest;
  beforeEach(async () => {
    under = await startEcs();
    under.ecs.addInstance({ cluster: 'prod' });
    await startWeb(under, { launchType: 'EC2', desiredCount: 1 });
  });
  afterEach(() => under.close());

  const later = async () => {
    const known = new Set(under.newTasks('web'));
    await under.call('StopTask', { cluster: 'prod', task: first([...known]).arn });
    await under.clock.until(() =>
      under.newTasks('web').some((task) => !known.has(task) && task.lastStatus === 'RUNNING'),
    );
    return first(under.newTasks('web').filter((task) => !known.has(task)));
  };

  it('gives later tasks of a deployment the digest its first one found', async () => {
    const digest = under.registry.repositories.digestOf('team/app', '1');
    expect(first(first(under.newTasks('web')).containers).image).toBe(image);
    under.registry.repositories.publish('team/app', '1', '2');
    const task = await later();
    expect(first(task.containers)).toMatchObject({
      image: `${host}/team/app@${digest}`,
      imageDigest: digest,
    });
  });

  it('lets a forced deployment resolve the tag anew', async () => {
    const moved = under.registry.repositories.publish('team/app', '1', '2');
    await forceWeb(under);
    await under.clock.until(isCompleted(under));
    expect(first(first(under.newTasks('web')).containers)).toMatchObject({ image, imageDigest: moved });
  });

  it('hides a refused login from a later task whose digest is local', async () => {
    under.secrets.set(secretId, login('wrong'));
    expect(first((await later()).containers).reason).toBeUndefined();
  });

  it('can be turned off for a service', async () => {
    under.ecs.setVersionConsistency('prod', 'web', false);
    expect(first((await later()).containers).image).toBe(image);
  });
});
