import { answer, bearer, type Canned, canned, error, sampleReason } from '../pull/canned.ts';
import { type EcsUnderTest, image, startEcs } from '../start-ecs.ts';
import { privateContainer, runOnce } from './run-once.ts';

describe('Fargate', () => {
  let under: EcsUnderTest;
  let answers: Canned;
  beforeEach(async () => {
    under = await startEcs({ ask: (question) => canned(answers)(question) });
  });
  afterEach(() => under.close());

  it.each<[string, string, Canned, string[]]>([
    [
      'a denial',
      'acme/api:1.4',
      { head: bearer('https://auth.docker.io/token', 'r', 'insufficient_scope') },
      ['pull image manifest has been retried 1', 'docker.io/acme/api:1.4: pull access'],
    ],
    [
      'a refused token',
      'ghcr.io/acme/api:1.4',
      { head: bearer('https://ghcr.io/token', 'ghcr.io'), token: error(403, 'DENIED', 'denied') },
      ['oauth token', 'ghcr.io/token?'],
    ],
    ['a missing tag', 'ghcr.io/acme/api:9.9', { head: answer(404) }, ['retried 1', 'api:9.9: not found']],
    [
      'a layer limit, after five tries',
      'acme/api',
      {
        head: answer(200, '', { 'docker-content-digest': 'sha256:aaaa' }),
        manifest: error(429, 'TOOMANYREQUESTS', 'You have reached your pull rate limit.'),
      },
      ['ref pull has been retried 5'],
    ],
  ])('puts %s whole into stoppedReason, and nothing on the container', async (_case, name, given, parts) => {
    answers = given;
    const task = await runOnce(under, 'FARGATE', [privateContainer(name)]);
    expect(task).toMatchObject({ lastStatus: 'STOPPED', stopCode: 'TaskFailedToStart' });
    expect(task.stoppedReason).toBe(sampleReason('CannotPullContainerError', ...parts));
    expect(task.containers.map(({ reason }) => reason)).toEqual([undefined]);
  });

  it('tries again where the answer may pass, and says how often', async () => {
    answers = { head: answer(503) };
    const task = await runOnce(under, 'FARGATE', [privateContainer(image)]);
    expect(task.stoppedReason).toMatch(/retried 5 time\(s\): .*503 Service Unavailable$/);
    expect((task.stoppingAt ?? 0) - task.createdAt).toBe(3_000 + 2_000 + 1_000 + 2_000 + 4_000 + 5_000);
  });

  it('stops at the first of several containers that cannot be pulled', async () => {
    answers = { head: answer(404) };
    const task = await runOnce(under, 'FARGATE', [
      privateContainer(image),
      privateContainer('ghcr.io/acme/api:9.9'),
    ]);
    expect(task.stoppedReason).toContain(`${image}: not found`);
  });
});
