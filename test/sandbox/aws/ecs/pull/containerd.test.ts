import { createContainerd } from '../../../../../sandbox/aws/ecs/pull/containerd.ts';
import { diagnosePullFailure } from '../../../../../src/ecs/pull-failure.ts';
import {
  answer,
  basicChallenge,
  bearer,
  type Canned,
  canned,
  error,
  manifest,
  recordedByContainerd,
  sampleReason,
  unreachable,
} from './canned.ts';

const login = { username: 'good', password: 'x' };

async function say(answers: Canned, image: string, user = true): Promise<string> {
  const outcome = await createContainerd(canned(answers))(image, user ? login : undefined);
  return 'error' in outcome ? outcome.error : outcome.digest;
}

/** containerd 1.6 does not name the realm's address, later ones do. */
const withoutAddress = (text: string): string => text.replace(/ from (GET|HEAD) request to \S+(?=: )/, '');

describe('containerd, as recorded from 1.6.20', () => {
  const basic = '127.0.0.1:5001/team/app:1';
  const token = '127.0.0.1:5003/team/app:1';
  const realm = 'http://127.0.0.1:5003/token';
  it.each<[string, string, Canned, string, boolean]>([
    ['a Basic registry without login', basic, { head: basicChallenge }, recordedByContainerd(basic), false],
    [
      'a wrong Basic login',
      basic,
      { head: basicChallenge },
      recordedByContainerd(`--user good:WRONG ${basic}`),
      true,
    ],
    [
      'a Bearer registry without login',
      token,
      { head: bearer(realm, 'r', 'insufficient_scope') },
      recordedByContainerd(token),
      false,
    ],
    [
      'a wrong Bearer login',
      token,
      { head: bearer(realm, 'r'), token: answer(401, { details: 'incorrect username or password' }) },
      recordedByContainerd(`--user good:WRONG ${token}`, 1),
      true,
    ],
    [
      'a login without the right',
      token,
      { head: bearer(realm, 'r', 'insufficient_scope') },
      recordedByContainerd(`--user limited:s3cret-lim ${token}`, 1),
      true,
    ],
  ])('words %s', async (_case, image, answers, text, user) => {
    expect(withoutAddress(await say(answers, image, user))).toBe(text);
  });

  it.each<[string, Canned]>([
    ['denied403', { head: error(403, 'DENIED', 'denied') }],
    ['denied401', { head: error(401, 'DENIED', 'access forbidden') }],
    ['unauth401', { head: error(401, 'UNAUTHORIZED', 'authentication required') }],
    ['toomany', { head: error(429, 'TOOMANYREQUESTS', 'slow down') }],
    ['nameunknown', { head: answer(404) }],
    ['reset', { head: unreachable('EOF') }],
  ])('words %s', async (repository, answers) => {
    const image = `127.0.0.1:5006/${repository}/app:1`;
    expect(await say(answers, image)).toBe(recordedByContainerd(`--user good:x ${image}`));
  });

  it('words a proxy’s page by its media type', async () => {
    const text = await say(
      { head: answer(200, '', { 'content-type': 'text/html' }) },
      '127.0.0.1:5006/html200/app:1',
    );
    expect(text).toMatch(/^unexpected media type text\/html for sha256:\w{64}: not found$/);
  });
});

describe('containerd, as sampled from Fargate', () => {
  const ghcr = 'ghcr.io/acme/api:1.4';
  const hub = 'acme/api:1.4';
  const ghcrRealm = bearer('https://ghcr.io/token', 'ghcr.io');
  it.each<[string, string, Canned, readonly string[], boolean]>([
    [
      'Docker Hub’s refusal',
      hub,
      { head: bearer('https://auth.docker.io/token', 'registry.docker.io', 'insufficient_scope') },
      ['pull image manifest', 'docker.io/acme/api:1.4: pull access denied'],
      true,
    ],
    [
      'a 403',
      'registry.example.com:5000/api:7',
      { head: answer(403) },
      ['registry.example.com:5000/api:7'],
      true,
    ],
    [
      'a 401',
      'registry.example.com/api:7',
      { head: basicChallenge },
      ['registry.example.com/api:7', 'pulling from host'],
      true,
    ],
    [
      'a refused token',
      ghcr,
      { head: ghcrRealm, token: error(403, 'DENIED', 'denied') },
      ['oauth token', 'ghcr.io/token?'],
      true,
    ],
    [
      'no login at all',
      ghcr,
      { head: ghcrRealm, token: answer(401) },
      ['anonymous token', '401', 'ghcr.io/token?'],
      false,
    ],
    [
      'a missing tag',
      'ghcr.io/acme/api:9.9',
      { head: answer(404) },
      ['ghcr.io/acme/api:9.9: not found'],
      true,
    ],
    [
      'a timeout',
      ghcr,
      { head: unreachable('dial tcp 140.82.0.1:443: i/o timeout') },
      ['pull image manifest', 'manifests/1.4', 'i/o timeout'],
      true,
    ],
    ['a bad gateway', ghcr, { head: answer(502) }, ['502 Bad Gateway'], true],
  ])('words %s', async (_case, image, answers, parts, user) => {
    const sample = sampleReason(...parts, 'CannotPull');
    const tail = sample.replace(/^.*failed to resolve ref \S+: /, '');
    expect(await say(answers, image, user)).toBe(tail);
  });

  it('words a rate limit on a layer with the registry’s own message', async () => {
    const limit = error(429, 'TOOMANYREQUESTS', 'You have reached your pull rate limit.');
    const head = answer(200, '', { 'docker-content-digest': 'sha256:aaaa' });
    const sample = sampleReason('ref pull has been retried 5', '429').replace(/^.*time\(s\): /, '');
    expect(await say({ head, manifest: limit }, hub)).toBe(sample);
  });

  it('words a lock-out at the realm so that it is told from a rate limit', async () => {
    const token = error(429, 'TOOMANYREQUESTS', 'too many failed login attempts for username or IP address');
    const text = await say({ head: bearer('https://auth.docker.io/token', 'r'), token }, hub);
    const reason = `CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref ${hub}: ${text}`;
    expect(diagnosePullFailure(reason)?.class).toBe('login_lockout');
  });

  it('words a layer store’s refusal as such', async () => {
    const text = await say({ manifest, blob: answer(403) }, ghcr);
    expect(text).toMatch(
      /^failed to copy: httpReadSeeker: failed open: unexpected status code \S+: 403 Forbidden$/,
    );
  });

  it('pulls when all is well', async () => {
    expect(await say({ head: manifest, manifest }, ghcr)).toMatch(/^sha256:/);
  });
});
