import type { Registry } from '../../sandbox/registry/registry.ts';
import type { Login } from '../../src/registry/login.ts';
import { createRegistryClient } from '../../src/registry/registry-client.ts';
import { SecretValue } from '../../src/secret-value.ts';
import { startExample } from '../sandbox/registry/calling.ts';
import {
  basicChallenge,
  bearerChallenge,
  clientFor,
  type Handler,
  type HandMade,
  json,
  login,
  type Reply,
  serve,
  webPage,
} from './hand-made.ts';

const HOST = 'registry.example.com';
const good: Login = { userName: 'good', password: SecretValue.of('s3cret-one') };
const wrong: Login = { userName: 'good', password: SecretValue.of('not-it') };
const notProven = { result: 'undecided', why: 'unexpected', detail: 'login-not-proven' };

describe('at the stand-in', () => {
  let registry: Registry;
  afterEach(() => registry.close());

  function attempt(login: Login, repository?: string, host = HOST) {
    const client = createRegistryClient({ endpoints: { [host]: registry.url } });
    return client.tryLogin(host, login, repository === undefined ? {} : { repository });
  }

  it('accepts and refuses by Basic', async () => {
    registry = await startExample({ auth: 'basic' });
    expect(await attempt(good)).toEqual({ result: 'accepted' });
    expect(await attempt(wrong)).toEqual({ result: 'refused' });
    registry.users.setPassword('good', 'not-it');
    expect(await attempt(wrong)).toEqual({ result: 'accepted' });
  });

  it('refuses by Bearer, but takes no token for a proof where anybody gets one', async () => {
    registry = await startExample({ auth: 'bearer' });
    expect(await attempt(wrong)).toEqual({ result: 'refused' });
    expect(await attempt(good)).toEqual(notProven);
  });

  it('accepts by Bearer where a private repository shows the difference', async () => {
    registry = await startExample({ auth: 'bearer' });
    expect(await attempt(good, 'team/app')).toEqual({ result: 'accepted' });
    expect(await attempt(good, 'open/app')).toEqual(notProven);
    expect(await attempt(good, 'other/app')).toEqual(notProven);
  });

  it('accepts by Bearer where the realm is known to look at logins', async () => {
    registry = await startExample({ auth: 'bearer', host: 'docker.io' });
    expect(await attempt(good, undefined, 'docker.io')).toEqual({ result: 'accepted' });
    expect(await attempt(wrong, undefined, 'docker.io')).toEqual({ result: 'refused' });
  });

  it('accepts by Bearer where nobody gets a token', async () => {
    registry = await startExample({ auth: 'bearer', manner: 'ghcr' });
    expect(await attempt(good, 'team/app')).toEqual({ result: 'accepted' });
    expect(await attempt(wrong, 'team/app')).toEqual({ result: 'refused' });
  });

  it('asks for no login where the registry does not', async () => {
    registry = await startExample({ auth: 'none' });
    expect(await attempt(good)).toEqual({
      result: 'undecided',
      why: 'unexpected',
      detail: 'login-not-asked',
    });
  });

  it.each(['basic', 'bearer'] as const)('is undecided while the account is locked (%s)', async (auth) => {
    registry = await startExample({ auth });
    await registry.turn({ lockout: { failures: 1, lockMs: 30_000 } });
    await attempt(wrong);
    expect(await attempt(good)).toEqual({ result: 'undecided', why: 'locked-out', retryAfterSeconds: 30 });
  });

  it('is undecided while the registry is too busy, broken or slow, and tells when it is out of reach', async () => {
    registry = await startExample({ auth: 'basic' });
    await registry.turn({ throttled: true });
    expect(await attempt(good)).toMatchObject({ result: 'undecided', why: 'rate-limited' });
    await registry.turn({ throttled: false, down: 'unavailable' });
    expect(await attempt(good)).toEqual({ result: 'undecided', why: 'server-error' });
    await registry.turn({ down: 'no', slowMs: 60_000 });
    const client = createRegistryClient({ endpoints: { [HOST]: registry.url } });
    const answer = await client.tryLogin(HOST, good, { deadline: Date.now() + 50 });
    expect(answer).toEqual({ result: 'undecided', why: 'timeout' });
    await registry.turn({ slowMs: 0, down: 'refuse' });
    expect(await attempt(good)).toEqual({ result: 'unreachable', why: 'refused' });
  });
});

describe('at odd registries', () => {
  async function logInAt(handler: Handler, repository?: string) {
    const server = await serve(handler);
    return clientFor(server.url).tryLogin(HOST, login, repository === undefined ? {} : { repository });
  }

  const asBasic =
    (reply: Reply): Handler =>
    (_what, request) =>
      request.headers.authorization ? reply : basicChallenge;

  it.each<[string, Handler, object]>([
    ['nothing to answer by', () => ({ status: 401 }), { result: 'undecided', detail: 'no-challenge' }],
    ['no API', () => ({ status: 404 }), { result: 'undecided', detail: 'status-404' }],
    [
      'a redirect',
      () => ({ status: 301, headers: { location: '/x' } }),
      { result: 'undecided', detail: 'status-301' },
    ],
    ['a proxy page to a login', asBasic(webPage), { result: 'undecided', detail: 'web-page' }],
    ['403 to a login', asBasic({ status: 403 }), { result: 'undecided', detail: 'status-403' }],
    ['a cut connection to a login', asBasic({ cut: true }), { result: 'unreachable', why: 'reset' }],
  ])('is not fooled by %s', async (_what, handler, outcome) => {
    expect(await logInAt(handler)).toMatchObject(outcome);
  });

  /** A realm that gives tokens by whether a login was sent, and tags by which token is shown. */
  async function byToken(nobodys: Reply, tagsForNobody: Reply) {
    const server: HandMade = await serve((what, request) => {
      const { authorization } = request.headers;
      if (what.includes('/token')) return authorization ? json({ token: 'own' }) : nobodys;
      if (authorization === 'Bearer own') return json({ tags: [] });
      return what.includes('/tags/') ? tagsForNobody : bearerChallenge(`${server.url}/token`);
    });
    return clientFor(server.url).tryLogin(HOST, login, { repository: 'team/app' });
  }

  const anybody = json({ token: 'nobodys' });

  it.each<[string, Reply, Reply, object]>([
    ['nobody is hidden the tags', anybody, { status: 404 }, { result: 'accepted' }],
    ['nobody is forbidden the tags', anybody, { status: 403 }, { result: 'accepted' }],
    ['nobody gets no token', { status: 401 }, {}, { result: 'accepted' }],
    ['nobody may list the tags', anybody, json({ tags: [] }), notProven],
    ['the registry was too busy for nobody', anybody, { status: 429 }, notProven],
    ['nobody got a page', anybody, { ...webPage, status: 403 }, notProven],
    ['the connection was cut for nobody', anybody, { cut: true }, notProven],
    ['the realm failed for nobody', { status: 500 }, {}, { result: 'undecided', why: 'server-error' }],
  ])('decides by what is different: %s', async (_what, nobodys, tags, outcome) => {
    expect(await byToken(nobodys, tags)).toEqual(outcome);
  });
});
