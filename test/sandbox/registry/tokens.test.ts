import type { Registry } from '../../../sandbox/registry/registry.ts';
import { type Clock, wallClock } from '../../../src/clock.ts';
import { type Answered, ask, bearer, errorCode, good, limited, startExample, wrong } from './calling.ts';

const manifest = '/v2/team/app/manifests/1';
const scoped = '/token?service=x&scope=repository:team/app:pull';
let registry: Registry;
let now = 0;
const clock: Clock = { ...wallClock, now: () => now };

beforeEach(async () => {
  registry = await startExample({ auth: 'bearer', host: 'registry.example.com', clock });
});
afterEach(() => registry.close());

const challengeOf = (answer: Answered) => answer.headers.get('www-authenticate');

it('sends who has no token to its realm, with service and scope', async () => {
  const realm = `Bearer realm="${registry.url}/token",service="registry.example.com"`;
  expect(challengeOf(await ask(registry, '/v2/'))).toBe(realm);
  expect(challengeOf(await ask(registry, manifest))).toBe(`${realm},scope="repository:team/app:pull"`);
});

it('refuses Basic sent straight to the registry', async () => {
  expect((await ask(registry, manifest, { authorization: good })).status).toBe(401);
});

it('serves who has a token that grants it', async () => {
  expect((await ask(registry, manifest, { authorization: await bearer(registry, good) })).status).toBe(200);
});

it.each([
  ['nobody', undefined],
  ['a user without the right', limited],
])('gives %s a token that grants nothing', async (_who, authorization) => {
  const token = await bearer(registry, authorization);
  const answer = await ask(registry, manifest, { authorization: token });
  expect(answer.status).toBe(401);
  expect(challengeOf(answer)).toContain('error="insufficient_scope"');
  expect((await ask(registry, '/v2/', { authorization: token })).status).toBe(200);
});

it('gives nobody a token for a public repository', async () => {
  const token = await bearer(registry, undefined, 'repository:open/app:pull,push');
  expect((await ask(registry, '/v2/open/app/manifests/1', { authorization: token })).status).toBe(200);
});

it.each(['repository:team/app:push', 'registry:catalog:*', 'junk'])(
  'grants no pull by the scope %s',
  async (scope) => {
    const token = await bearer(registry, good, scope);
    expect((await ask(registry, manifest, { authorization: token })).status).toBe(401);
  },
);

it('refuses a wrong login at the realm as Docker Hub words it', async () => {
  const answer = await ask(registry, scoped, { authorization: wrong });
  expect([answer.status, JSON.parse(answer.text)]).toEqual([
    401,
    { details: 'incorrect username or password' },
  ]);
  expect((await ask(registry, scoped, { authorization: 'Bearer x' })).status).toBe(401);
});

it('answers 405 to POST, on which engines fall back to GET', async () => {
  expect((await ask(registry, '/token', { method: 'POST' })).status).toBe(405);
});

it('refuses an unknown token and one that has expired', async () => {
  const unknown = await ask(registry, manifest, { authorization: 'Bearer junk' });
  expect(challengeOf(unknown)).toContain('error="invalid_token"');
  const token = await bearer(registry, good);
  now += 300_000;
  expect(challengeOf(await ask(registry, manifest, { authorization: token }))).toContain(
    'error="invalid_token"',
  );
  await bearer(registry, good);
});

it('answers as GHCR does where told to: 403 at the realm, 401 to nobody, 403 without the right', async () => {
  const ghcr = await startExample({ auth: 'bearer', host: 'ghcr.io', manner: 'ghcr' });
  expect(challengeOf(await ask(ghcr, '/v2/'))).toContain('scope="repository:user/image:pull"');
  const refused = await ask(ghcr, scoped, { authorization: wrong });
  expect([refused.status, errorCode(refused)]).toEqual([403, 'DENIED']);
  expect((await ask(ghcr, scoped)).status).toBe(401);
  const answer = await ask(ghcr, manifest, { authorization: await bearer(ghcr, limited) });
  expect([answer.status, errorCode(answer)]).toEqual([403, 'DENIED']);
  expect((await ask(ghcr, manifest, { authorization: await bearer(ghcr, good) })).status).toBe(200);
  await ghcr.close();
});
