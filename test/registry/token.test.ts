import { inspect } from 'node:util';
import {
  bearerChallenge,
  clientFor,
  found,
  given,
  type HandMade,
  image,
  json,
  login,
  MARKER,
  pullByToken,
  pullFrom,
  type Reply,
  serve,
  undecided,
  unexpected,
  webPage,
} from './hand-made.ts';

describe('the realm', () => {
  it.each<[string, Reply, object]>([
    ['401', { status: 401 }, { result: 'login-refused' }],
    ['403', json({ errors: [{ code: 'DENIED' }] }, 403), { result: 'login-refused' }],
    ['403 by a page of a firewall', { ...webPage, status: 403 }, unexpected('web-page')],
    ['429', { status: 429 }, undecided('rate-limited')],
    [
      '429 of a locked account',
      { status: 429, body: 'Too Many Failed Login attempts' },
      undecided('locked-out'),
    ],
    ['500', { status: 500 }, undecided('server-error')],
    ['404', { status: 404 }, unexpected('status-404')],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }, unexpected('status-302')],
    ['a page', webPage, unexpected('no-token')],
    ['JSON without a token', json({}), unexpected('no-token')],
    ['an empty token', json({ token: '' }), unexpected('no-token')],
    ['a token that is no header', json({ token: 'a\nb' }), unexpected('no-token')],
    ['more than it should', json({ token: 'x'.repeat(70_000) }), unexpected('no-token')],
  ])('answers %s', async (_what, token, outcome) => {
    expect(await pullByToken(token)).toEqual(outcome);
  });

  it('may call the token access_token', async () => {
    expect(await pullByToken(json({ access_token: 't' }))).toMatchObject({ result: 'readable' });
  });

  it('is asked for the right to pull this image, whatever scope the challenge names', async () => {
    const server: HandMade = await serve((what) => {
      if (what.includes('/jwt')) return given;
      const challenge = `Bearer realm="${server.url}/jwt?client=x",service="s",scope="repository:user/image:pull"`;
      return { status: 401, headers: { 'www-authenticate': challenge } };
    });
    await clientFor(server.url).tryPull(image, login);
    expect(server.seen[1]?.what).toBe('GET /jwt?client=x&service=s&scope=repository%3Ateam%2Fapp%3Apull');
  });

  it('gets no login where it is not trusted: nothing is sent there at all', async () => {
    const thief = await serve(() => given);
    const { answer } = await pullFrom(() => bearerChallenge(`${thief.url}/token`));
    expect(answer).toEqual(unexpected('realm-not-trusted'));
    expect(thief.seen).toEqual([]);
  });

  it('gets the login where it is configured', async () => {
    const realm = await serve(() => given);
    const { answer } = await pullFrom(
      (_what, request) => (request.headers.authorization ? found : bearerChallenge(`${realm.url}/token`)),
      { realms: { 'registry.example.com': [realm.url] } },
    );
    expect(answer).toMatchObject({ result: 'readable', loginSent: true });
    expect(realm.seen[0]?.authorization).toMatch(/^Basic /);
  });
});

it('lets neither login nor token into an answer', async () => {
  const answers = [
    await pullByToken(json({ token: `${MARKER}\n` })),
    await pullByToken({ status: 200, body: `${MARKER}{` }),
    await pullByToken(given, { cut: true }),
    await pullByToken(given, found),
  ];
  const printed = inspect(answers, { depth: 9 }) + JSON.stringify(answers);
  expect(printed).not.toContain('marker');
  expect(printed).not.toContain(Buffer.from(`marker-user:${MARKER}`).toString('base64'));
});
