import { type Registry, startRegistry } from '../../../sandbox/registry/registry.ts';
import { wallClock } from '../../../src/clock.ts';
import { parseImageReference } from '../../../src/registry/image-reference.ts';
import type { Login } from '../../../src/registry/login.ts';
import { createRegistryClient } from '../../../src/registry/registry-client.ts';
import { SecretValue } from '../../../src/secret-value.ts';
import { ask, basic } from './asking.ts';
import {
  type DebianRegistry,
  htpasswdAuth,
  makeWorkplace,
  startDebianRegistry,
  type Workplace,
} from './debian-registry.ts';
import { pushImage } from './push-image.ts';
import { startTokenServer, type TokenServer } from './token-server.ts';
import { basicVectors, image, REPOSITORY, type Shown, tokenVectors } from './vectors.ts';

const HOST = 'registry.example.com';
const logins = {
  good: loginOf('good', 's3cret-one'),
  limited: loginOf('limited', 's3cret-lim'),
  wrong: loginOf('good', 'not-it'),
  unknown: loginOf('nobody', 'x'),
};

let workplace: Workplace;
let debian: DebianRegistry;
let standIn: Registry;

beforeAll(async () => {
  workplace = makeWorkplace();
  workplace.setPassword('good', 's3cret-one');
  workplace.setPassword('limited', 's3cret-lim');
  debian = await startDebianRegistry(workplace, htpasswdAuth(workplace));
  const to = { url: debian.url, repository: REPOSITORY, tag: '1', name: 'good', password: 's3cret-one' };
  await pushImage(to, image);
  standIn = await startStandIn('basic');
}, 30_000);

afterAll(async () => {
  await standIn?.close();
  await debian?.close();
  workplace?.remove();
});

describe('with htpasswd', () => {
  it.each(basicVectors)('answers alike: %s (%i)', async (_what, status, asked) => {
    const theirs = await ask(debian.url, asked);
    expect(theirs.status).toBe(status);
    expect(await ask(standIn.url, asked)).toEqual(theirs);
  });

  it.each([
    ['good', `${REPOSITORY}:1`, { result: 'readable', digest: image.digest, loginSent: true }],
    ['good', `${REPOSITORY}@${image.digest}`, { result: 'readable' }],
    ['good', `${REPOSITORY}:nope`, { result: 'not-found' }],
    ['good', 'team/missing:1', { result: 'not-found' }],
    ['wrong', `${REPOSITORY}:1`, { result: 'login-refused' }],
    ['unknown', `${REPOSITORY}:1`, { result: 'login-refused' }],
    [null, `${REPOSITORY}:1`, { result: 'not-permitted' }],
  ] as const)('gives our client the same answer: %s pulls %s', async (who, name, expected) => {
    const login = who === null ? null : logins[who];
    const theirs = await pull(debian.url, name, login);
    expect(theirs).toMatchObject(expected);
    expect(await pull(standIn.url, name, login)).toEqual(theirs);
  });

  it.each([
    ['good', 'accepted'],
    ['limited', 'accepted'],
    ['wrong', 'refused'],
    ['unknown', 'refused'],
  ] as const)('gives our client the same answer: %s logs in', async (who, result) => {
    const theirs = await clientFor(debian.url).tryLogin(HOST, logins[who]);
    expect(theirs).toEqual({ result });
    expect(await clientFor(standIn.url).tryLogin(HOST, logins[who])).toEqual(theirs);
  });

  it('notices a changed password without a restart: the old one is refused, the new one reads', async () => {
    workplace.setPassword('limited', 's3cret-new');
    standIn.users.setPassword('limited', 's3cret-new');
    for (const { url } of [debian, standIn]) {
      expect(await pull(url, `${REPOSITORY}:1`, logins.limited)).toEqual({ result: 'login-refused' });
      const renewed = loginOf('limited', 's3cret-new');
      expect(await pull(url, `${REPOSITORY}:1`, renewed)).toMatchObject({ result: 'readable' });
    }
  });
});

describe('with tokens', () => {
  let tokenServer: TokenServer;
  let debianByToken: DebianRegistry;
  let standInByToken: Registry;

  beforeAll(async () => {
    const { key, certificate } = workplace.makeKey();
    const users = {
      good: { password: 's3cret-one', repositories: [REPOSITORY] },
      limited: { password: 's3cret-lim', repositories: [] },
    };
    tokenServer = await startTokenServer({ key, certificate, issuer: 'token server', users });
    const { realm } = tokenServer;
    debianByToken = await startDebianRegistry(workplace, {
      token: { realm, service: HOST, issuer: 'token server', rootcertbundle: certificate },
    });
    standInByToken = await startStandIn('bearer');
    standInByToken.users.take('limited', REPOSITORY);
  }, 30_000);

  afterAll(async () => {
    await standInByToken?.close();
    await debianByToken?.close();
    await tokenServer?.close();
  });

  it.each(tokenVectors)('answers alike: %s (%i)', async (_what, status, shown, asked) => {
    const theirs = await ask(debianByToken.url, {
      ...asked,
      authorization: await headerFor(shown, tokenServer.realm),
    });
    expect(theirs.status).toBe(status);
    const authorization = await headerFor(shown, `${standInByToken.url}/token`);
    expect(await ask(standInByToken.url, { ...asked, authorization })).toEqual(theirs);
  });

  const clients = () => [clientFor(debianByToken.url, [tokenServer.realm]), clientFor(standInByToken.url)];

  it.each([
    ['good', `${REPOSITORY}:1`, { result: 'readable', digest: image.digest, loginSent: true }],
    ['good', `${REPOSITORY}:nope`, { result: 'not-found' }],
    ['good', 'team/other:1', { result: 'not-permitted' }],
    ['limited', `${REPOSITORY}:1`, { result: 'not-permitted' }],
    ['wrong', `${REPOSITORY}:1`, { result: 'login-refused' }],
    [null, `${REPOSITORY}:1`, { result: 'not-permitted' }],
  ] as const)('gives our client the same answer: %s pulls %s', async (who, name, expected) => {
    for (const client of clients()) {
      const login = who === null ? null : logins[who];
      expect(await client.tryPull(parseImageReference(`${HOST}/${name}`), login)).toEqual(expected);
    }
  });

  it.each([
    ['good', undefined, { result: 'undecided', detail: 'login-not-proven' }],
    ['good', REPOSITORY, { result: 'accepted' }],
    ['limited', REPOSITORY, { result: 'undecided', detail: 'login-not-proven' }],
    ['wrong', undefined, { result: 'refused' }],
  ] as const)('gives our client the same answer: %s logs in for %s', async (who, repository, expected) => {
    for (const client of clients()) {
      const options = repository === undefined ? {} : { repository };
      expect(await client.tryLogin(HOST, logins[who], options)).toMatchObject(expected);
    }
  });
});

async function startStandIn(auth: 'basic' | 'bearer'): Promise<Registry> {
  const registry = await startRegistry({ auth, host: HOST, clock: wallClock });
  registry.repositories.publish(REPOSITORY, '1');
  // htpasswd knows no rights: who may log in may read everything there is.
  const rights = auth === 'basic' ? ['*'] : [REPOSITORY];
  registry.users.add('good', 's3cret-one', rights);
  registry.users.add('limited', 's3cret-lim', rights);
  return registry;
}

function clientFor(url: string, realms: readonly string[] = []) {
  return createRegistryClient({ endpoints: { [HOST]: url }, realms: { [HOST]: realms } });
}

function pull(url: string, name: string, login: Login | null) {
  return clientFor(url).tryPull(parseImageReference(`${HOST}/${name}`), login);
}

function loginOf(userName: string, password: string): Login {
  return { userName, password: SecretValue.of(password) };
}

async function headerFor(shown: Shown, realm: string): Promise<string | undefined> {
  const good = basic('good', 's3cret-one');
  switch (shown) {
    case 'nothing':
      return undefined;
    case 'junk':
      return 'Bearer junk';
    case 'basic':
      return good;
    case 'nobody':
      return tokenHeader(realm, `repository:${REPOSITORY}:pull`);
    case 'good':
      return tokenHeader(realm, `repository:${REPOSITORY}:pull`, good);
    case 'limited':
      return tokenHeader(realm, `repository:${REPOSITORY}:pull`, basic('limited', 's3cret-lim'));
    case 'good-without-scope':
      return tokenHeader(realm, undefined, good);
    default:
      return shown satisfies never;
  }
}

async function tokenHeader(realm: string, scope?: string, authorization?: string): Promise<string> {
  const query = new URLSearchParams({ service: HOST, ...(scope && { scope }) });
  const response = await fetch(`${realm}?${query}`, { headers: authorization ? { authorization } : {} });
  // The shape that both token servers of this test answer.
  const { token } = (await response.json()) as { token: string };
  return `Bearer ${token}`;
}
