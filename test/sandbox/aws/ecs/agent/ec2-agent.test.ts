import {
  answer,
  bearer,
  type Canned,
  canned,
  DIGEST,
  error,
  sampleReason,
  unreachable,
} from '../pull/canned.ts';
import { type EcsUnderTest, first, image, login, secretId, startEcs } from '../start-ecs.ts';
import { privateContainer, runOnce } from './run-once.ts';

const open: Canned = {};
/** Milliseconds between the nine lookups, without jitter. */
const lookups = 10 + 30 + 90 + 270 + 810 + 2_430 + 5_000 + 5_000;
const refused: Canned = {
  api: bearer('https://auth.example.com/token', 'r'),
  token: answer(401, { details: 'incorrect username or password' }),
};

describe('the EC2 agent', () => {
  let under: EcsUnderTest;
  let answers: Canned;
  beforeEach(async () => {
    answers = open;
    under = await startEcs({ ask: (question) => canned(answers)(question) });
    under.ecs.addInstance({ cluster: 'prod' });
  });
  afterEach(() => under.close());

  const reasonOf = async (name: string, secret = secretId) =>
    first((await runOnce(under, 'EC2', [privateContainer(name, secret)])).containers).reason;

  it('runs a pulled image without a reason, with its digest and times', async () => {
    const task = await runOnce(under, 'EC2', [privateContainer(image)]);
    expect(first(task.containers)).toMatchObject({
      reason: undefined,
      imageDigest: DIGEST,
      lastStatus: 'RUNNING',
    });
    expect(task.pullStartedAt).toBeGreaterThan(task.createdAt);
    expect(task.startedAt).toBeGreaterThanOrEqual(task.pullStoppedAt ?? Number.POSITIVE_INFINITY);
  });

  it('keeps the lookup’s error as the first reason, and stops where no image is local', async () => {
    answers = refused;
    const task = await runOnce(under, 'EC2', [privateContainer('acme/api:1.4')]);
    expect(task).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'Task failed to start',
    });
    expect(first(task.containers).reason).toBe(
      sampleReason('CannotPullImageManifestError', 'incorrect username'),
    );
  });

  it('takes its time over it: nine lookups and five pulls with growing waits', async () => {
    answers = refused;
    const task = await runOnce(under, 'EC2', [privateContainer(image)]);
    const pulls = 1100 + 2200 + 4400 + 5000;
    expect((task.stoppingAt ?? 0) - task.createdAt).toBe(3_000 + 2_000 + lookups + pulls);
  });

  it.each(['always', 'once'] as const)(
    'stops after the lookup under %s, without a pull',
    async (behavior) => {
      under.ecs.setPullBehavior(first([...under.ecs.state().instances.keys()]), behavior);
      answers = refused;
      const task = await runOnce(under, 'EC2', [privateContainer(image)]);
      expect((task.stoppingAt ?? 0) - task.createdAt).toBe(3_000 + 2_000 + lookups);
      expect(task.pullStartedAt).toBeUndefined();
    },
  );

  it.each<[string, string, Canned]>([
    [
      'a missing manifest',
      'ghcr.io/acme/api:9.9',
      { manifest: error(404, 'MANIFEST_UNKNOWN', 'manifest unknown', {}) },
    ],
    [
      'nothing to log in with',
      'acme/api:1.4',
      { api: answer(401, '', { 'www-authenticate': 'Basic realm="r"' }) },
    ],
    [
      'a refused connection',
      'registry.example.com/api:7',
      { api: unreachable('dial tcp 10.1.2.3:443: connect: connection refused') },
    ],
  ])('words %s in the lookup as sampled', async (_case, name, given) => {
    answers = given;
    under.secrets.set('anyone', JSON.stringify({ username: 'x', password: 'y' }));
    const task = await runOnce(under, 'EC2', [{ image: name }]);
    const { reason } = first(task.containers);
    expect(reason).toBe(sampleReason('CannotPullImageManifestError', reason?.slice(-30) ?? ''));
  });

  it('words Docker Hub’s refusal with both of its errors', async () => {
    answers = { manifest: bearer('https://auth.docker.io/token', 'r', 'insufficient_scope') };
    const both = 'errors: denied: requested access to the resource is denied\nunauthorized';
    expect(await reasonOf('acme/api:1.4')).toBe(sampleReason(both));
  });

  it.each<[string, string, Canned, string[]]>([
    [
      'a denial, with the hint of agents since 1.84',
      'acme/api',
      { manifest: bearer('https://a.example/token', 'r', 'insufficient_scope') },
      ['The task can’t pull the image. Check whether the image exists.'],
    ],
    [
      'a connection that does not come',
      'ghcr.io/acme/api',
      {
        api: unreachable(
          'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
        ),
      },
      ['Check your network configuration. Error response'],
    ],
    [
      'a revoked token at GHCR',
      'ghcr.io/acme/api',
      { api: bearer('https://ghcr.io/token', 'ghcr.io'), token: error(403, 'DENIED', 'denied') },
      ['Head', 'denied: denied'],
    ],
    ['a plain 503', 'ghcr.io/acme/api', { manifest: answer(503) }, ['503 Service Unavailable']],
  ])('words %s on a digest as sampled', async (_case, repository, given, parts) => {
    answers = given;
    const reason = (await reasonOf(`${repository}@${DIGEST}`)) ?? '';
    expect(reason.replace(`manifests/${DIGEST}`, 'manifests/1.4')).toBe(
      sampleReason('CannotPullContainerError', ...parts),
    );
  });

  it('cuts a reason at 1024 characters', async () => {
    answers = { manifest: error(403, 'DENIED', 'x'.repeat(2_000)) };
    expect(await reasonOf(image)).toHaveLength(1024);
  });

  it('reads the secret at each start, so a changed login is in force at once', async () => {
    const shown: (string | undefined)[] = [];
    await under.close();
    under = await startEcs({
      ask(question) {
        if (question.path.startsWith('/token')) shown.push(question.headers?.authorization);
        return canned({ api: bearer('https://auth.example.com/token', 'r') })(question);
      },
    });
    under.ecs.addInstance({ cluster: 'prod' });
    await runOnce(under, 'EC2', [privateContainer(image)]);
    under.secrets.set(secretId, login('second'));
    await runOnce(under, 'EC2', [privateContainer(image)]);
    const sent = new Set(shown.map((value) => Buffer.from(value?.slice(6) ?? '', 'base64').toString()));
    expect(sent).toEqual(new Set(['good:s3cret-one', 'good:second']));
  });

  it('stops a task whose essential image is missing, and goes on without one that is not', async () => {
    await runOnce(under, 'EC2', [privateContainer(image)]);
    answers = refused;
    const sidecar = { ...privateContainer('registry.example.com/team/sidecar:1'), essential: false };
    const task = await runOnce(under, 'EC2', [privateContainer(image), sidecar]);
    expect(task.lastStatus).toBe('RUNNING');
    expect(task.containers.map(({ lastStatus }) => lastStatus)).toEqual(['RUNNING', 'STOPPED']);
    expect(task.containers.every(({ reason }) => reason?.startsWith('CannotPullImageManifestError'))).toBe(
      true,
    );
  });
});
