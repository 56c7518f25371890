import type { Registry } from '../../sandbox/registry/registry.ts';
import { parseImageReference } from '../../src/registry/image-reference.ts';
import type { Login } from '../../src/registry/login.ts';
import { createRegistryClient } from '../../src/registry/registry-client.ts';
import { SecretValue } from '../../src/secret-value.ts';
import { startExample } from '../sandbox/registry/calling.ts';

const HOST = 'registry.example.com';
const good: Login = { userName: 'good', password: SecretValue.of('s3cret-one') };
const limited: Login = { userName: 'limited', password: SecretValue.of('s3cret-lim') };
const wrong: Login = { userName: 'good', password: SecretValue.of('not-it') };

describe.each([
  ['Basic', 'basic', 'distribution'],
  ['Bearer', 'bearer', 'distribution'],
  ['Bearer in the manner of GHCR', 'bearer', 'ghcr'],
] as const)('%s', (_name, auth, manner) => {
  let registry: Registry;
  beforeEach(async () => {
    registry = await startExample({ auth, manner, host: HOST });
  });
  afterEach(() => registry.close());

  const attempt = (login: Login | null, image = `${HOST}/team/app:1`) =>
    createRegistryClient({ endpoints: { [HOST]: registry.url } }).tryPull(parseImageReference(image), login);
  const digest = () => registry.repositories.digestOf('team/app', '1');

  it('reads with the right login, by tag and by digest', async () => {
    expect(await attempt(good)).toEqual({ result: 'readable', digest: digest(), loginSent: true });
    expect(await attempt(good, `${HOST}/team/app@${digest()}`)).toMatchObject({ result: 'readable' });
    expect(await attempt(good, `${HOST}/team/app:gone@${digest()}`)).toMatchObject({ result: 'readable' });
  });

  it('tells a wrong login from a missing right', async () => {
    expect(await attempt(wrong)).toEqual({ result: 'login-refused' });
    expect(await attempt({ ...good, userName: 'nobody' })).toEqual({ result: 'login-refused' });
    expect(await attempt(limited)).toEqual({ result: 'not-permitted' });
  });

  it('sends a wrong login once only', async () => {
    await attempt(wrong);
    expect(registry.requests.filter(({ scheme }) => scheme === 'Basic')).toHaveLength(1);
  });

  it('does not let nobody read a private image', async () => {
    expect(await attempt(null)).toEqual({ result: 'not-permitted' });
  });

  it('lets nobody read a public image, and says that no login was sent', async () => {
    expect(await attempt(null, `${HOST}/open/app:1`)).toMatchObject({ result: 'readable', loginSent: false });
  });

  it('cannot tell a missing image from a hidden one', async () => {
    expect(await attempt(good, `${HOST}/team/app:nope`)).toEqual({ result: 'not-found' });
    expect(await attempt(good, `${HOST}/team/missing:1`)).toEqual({ result: 'not-found' });
  });

  it('never takes a registry that is too busy for a good or a bad one', async () => {
    await registry.turn({ throttled: true });
    const busy = { result: 'undecided', why: 'rate-limited', retryAfterSeconds: 30 };
    expect([await attempt(good), await attempt(wrong), await attempt(null)]).toEqual([busy, busy, busy]);
  });

  it('tells a locked account from a spent quota', async () => {
    await registry.turn({ lockout: { failures: 1, lockMs: 60_000 } });
    expect(await attempt(wrong)).toEqual({ result: 'login-refused' });
    expect(await attempt(good)).toEqual({ result: 'undecided', why: 'locked-out', retryAfterSeconds: 60 });
  });

  it('is not counted as a pull', async () => {
    await registry.turn({ pullLimit: { pulls: 0, windowMs: 60_000 } });
    expect(await attempt(good)).toMatchObject({ result: 'readable' });
  });

  it('is undecided by a proxy page, an error of the server and silence', async () => {
    await registry.turn({ htmlPage: true });
    expect(await attempt(good)).toEqual({ result: 'undecided', why: 'unexpected', detail: 'not-a-manifest' });
    await registry.turn({ htmlPage: false, down: 'unavailable' });
    expect(await attempt(good)).toEqual({ result: 'undecided', why: 'server-error' });
  });

  it('tells when there was no connection', async () => {
    await registry.turn({ down: 'reset' });
    expect(await attempt(good)).toEqual({ result: 'unreachable', why: 'reset' });
    await registry.turn({ down: 'refuse' });
    expect(await attempt(good)).toEqual({ result: 'unreachable', why: 'refused' });
  });

  it('notices a changed password, a revoked login and a right taken away at once', async () => {
    registry.users.take('good', 'team/app');
    expect(await attempt(good)).toEqual({ result: 'not-permitted' });
    registry.users.setPassword('good', 'not-it');
    expect(await attempt(good)).toEqual({ result: 'login-refused' });
    registry.users.grant('good', 'team/app');
    expect(await attempt(wrong)).toMatchObject({ result: 'readable' });
    registry.users.revoke('good');
    expect(await attempt(wrong)).toEqual({ result: 'login-refused' });
  });
});

it('says that a registry without logins asked for none', async () => {
  const registry = await startExample({ auth: 'none', host: HOST });
  const client = createRegistryClient({ endpoints: { [HOST]: registry.url } });
  const answer = await client.tryPull(parseImageReference(`${HOST}/team/app:1`), wrong);
  expect(answer).toMatchObject({ result: 'readable', loginSent: false });
  await registry.close();
});
