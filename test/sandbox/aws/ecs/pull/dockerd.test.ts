import { createRegistryAsker } from '../../../../../sandbox/aws/ecs/pull/ask-registry.ts';
import { createDockerd, type EngineAnswer } from '../../../../../sandbox/aws/ecs/pull/dockerd.ts';
import type { Login } from '../../../../../sandbox/aws/ecs/pull/token.ts';
import { startRegistry } from '../../../../../sandbox/registry/registry.ts';
import { wallClock } from '../../../../../src/clock.ts';
import {
  answer,
  type Canned,
  canned,
  DIGEST,
  error,
  manifest,
  recordedByDockerd,
  sampleReason,
  unreachable,
} from './canned.ts';

const good: Login = { username: 'good', password: 's3cret-one' };
const never = () => false;
const said = (outcome: EngineAnswer): string => ('error' in outcome ? outcome.error : outcome.digest);

describe('dockerd against a Basic registry', () => {
  const image = '127.0.0.1:5001/team/app:1';
  it.each<[string, Login | undefined, string]>([
    ['no login', undefined, recordedByDockerd(image, null)],
    ['a wrong password', { ...good, password: 'x' }, recordedByDockerd(image, 'good')],
    ['an unknown user', { ...good, username: 'nobody' }, recordedByDockerd(image, 'nobody')],
    ['an empty user', { ...good, username: '' }, recordedByDockerd(image, '')],
  ])('words %s as recorded', async (_case, login, text) => {
    expect(await pullFrom('basic', image, login)).toBe(text);
  });

  it.each([
    ['a missing tag', '127.0.0.1:5001/team/app:nope'],
    ['a missing repository', '127.0.0.1:5001/team/none:1'],
    ['a name in capitals', '127.0.0.1:5001/Team/App:1'],
  ])('words %s as recorded', async (_case, name) => {
    expect(await pullFrom('basic', name, good)).toBe(recordedByDockerd(name, 'good'));
  });

  it('pulls with the right login', async () => {
    expect(await pullFrom('basic', image, good)).toMatch(/^sha256:/);
  });
});

describe('dockerd against a Bearer registry', () => {
  const image = '127.0.0.1:5003/team/app:1';
  it.each<[string, Login | undefined, string]>([
    ['no login', undefined, recordedByDockerd(image, null)],
    ['a wrong password', { ...good, password: 'x' }, recordedByDockerd(image, 'good')],
    [
      'a login without the right',
      { username: 'limited', password: 's3cret-lim' },
      recordedByDockerd(image, 'limited'),
    ],
  ])('words %s as recorded', async (_case, login, text) => {
    expect(await pullFrom('bearer', image, login)).toBe(text);
  });

  it('words a missing tag as recorded', async () => {
    const name = '127.0.0.1:5003/team/app:nope';
    expect(await pullFrom('bearer', name, good)).toBe(recordedByDockerd(name, 'good'));
  });

  it('pulls with the right login', async () => {
    expect(await pullFrom('bearer', image, good)).toMatch(/^sha256:/);
  });
});

describe('dockerd against odd answers', () => {
  const limit =
    'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit';
  it.each<[string, Canned]>([
    ['denied403', { manifest: error(403, 'DENIED', 'requested access to the resource is denied') }],
    ['denied401', { manifest: error(401, 'DENIED', 'access forbidden') }],
    ['unauth401', { manifest: error(401, 'UNAUTHORIZED', 'authentication required') }],
    ['toomany', { manifest: error(429, 'TOOMANYREQUESTS', limit) }],
    ['http500', { manifest: answer(500, 'oops') }],
    ['http503', { manifest: answer(503) }],
    ['nameunknown', { manifest: error(404, 'NAME_UNKNOWN', 'repository name not known to registry', {}) }],
    ['reset', { head: unreachable('EOF') }],
    ['html200', { manifest: answer(200, '<html></html>') }],
  ])('words %s as recorded', async (repository, answers) => {
    const image = `127.0.0.1:5006/${repository}/app:1`;
    const outcome = await createDockerd(canned(answers)).pull(image, good, never);
    expect(said(outcome)).toBe(recordedByDockerd(image, 'good'));
  });

  it('words a refused connection as recorded', async () => {
    const image = '127.0.0.1:5002/team/app:1';
    const { ask } = createRegistryAsker((host) => `http://${host.replace('5002', '1')}`, 1_000);
    const outcome = await createDockerd(ask).pull(image, good, never);
    expect(said(outcome).replace('127.0.0.1:1:', '127.0.0.1:5002:')).toBe(recordedByDockerd(image, 'good'));
  });

  it('words a host that does not exist as recorded, but for the name server', async () => {
    const image = 'no-such-host.invalid/team/app:1';
    const { ask } = createRegistryAsker(() => undefined, 1_000);
    const outcome = await createDockerd(ask).pull(image, undefined, never);
    expect(said(outcome).replace('10.0.0.2', '10.255.255.53')).toBe(recordedByDockerd(image, null));
  });

  it.each<[string, Canned]>([
    [
      'error pulling image configuration: error parsing HTTP 403',
      {
        manifest,
        blob: answer(403, '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code>'),
      },
    ],
    [
      'no matching manifest for linux',
      {
        head: manifest,
        manifest: answer(200, {
          manifests: [{ digest: DIGEST, platform: { os: 'linux', architecture: 's390x' } }],
        }),
      },
    ],
  ])('words "%s" as sampled', async (part, answers) => {
    const outcome = await createDockerd(canned(answers)).pull('ghcr.io/acme/api:1.4', good, never);
    const sample = sampleReason(part).replace('CannotPullContainerError: Error response from daemon: ', '');
    expect(said(outcome)).toContain(sample.replace('arm64/v8', 'amd64').replace(/"?$/, ''));
  });
});

describe('dockerd with an image it has', () => {
  it('pings the registry for a digest it has, and never shows the login', async () => {
    const asked: string[] = [];
    const dockerd = createDockerd((question) => {
      asked.push(`${question.method} ${question.path} ${question.headers?.authorization ?? '-'}`);
      return Promise.resolve(answer(401));
    });
    const outcome = await dockerd.pull(`ghcr.io/acme/api@${DIGEST}`, good, () => true);
    expect(outcome).toEqual({ digest: DIGEST });
    expect(asked).toEqual(['GET /v2/ -']);
  });

  it('asks for a tag with the login, and downloads nothing where the digest is unchanged', async () => {
    const asked: string[] = [];
    const table = canned({ manifest });
    const dockerd = createDockerd((question) => {
      asked.push(`${question.method} ${question.path}`);
      return table(question);
    });
    await dockerd.pull('ghcr.io/acme/api:1', good, (digest) => digest === DIGEST);
    expect(asked).toEqual(['GET /v2/', 'HEAD /v2/acme/api/manifests/1']);
  });
});

/** What a pull says, from a registry that stands where the image's host is. */
async function pullFrom(auth: 'basic' | 'bearer', image: string, login: Login | undefined): Promise<string> {
  const registry = await startRegistry({ auth, clock: wallClock });
  registry.users.add('good', 's3cret-one', ['team/*']);
  registry.users.add('limited', 's3cret-lim');
  registry.repositories.publish('team/app', '1');
  const asker = createRegistryAsker(
    (host) => (host.startsWith('127.0.0.1:500') ? registry.url : undefined),
    1_000,
  );
  try {
    return said(await createDockerd(asker.ask).pull(image, login, never));
  } finally {
    asker.close();
    await registry.close();
  }
}
