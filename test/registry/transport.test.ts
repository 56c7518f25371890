import { parseImageReference } from '../../src/registry/image-reference.ts';
import {
  basicChallenge,
  bearerChallenge,
  clientFor,
  DIGEST,
  found,
  given,
  type Handler,
  type HandMade,
  image,
  login,
  pullFrom,
  type Reply,
  serve,
  undecided,
  unexpected,
} from './hand-made.ts';

describe('a redirect', () => {
  const moved = (location: string): Reply => ({ status: 307, headers: { location } });

  it('is followed without the login', async () => {
    const { answer, seen } = await pullFrom((what, request) => {
      if (what.includes('/cdn')) return found;
      if (!request.headers.authorization) return basicChallenge;
      return what.endsWith('/v2/') ? {} : moved('/cdn/x');
    });
    expect(answer).toEqual({ result: 'readable', digest: DIGEST, loginSent: true });
    expect(seen.at(-1)).toEqual({ what: 'HEAD /cdn/x', authorization: undefined });
  });

  it.each([401, 403, 404])('to a refusal (%i) says nothing about the login', async (status) => {
    const { answer } = await pullFrom((what, request) => {
      if (what.includes('/cdn')) return { status, headers: { 'www-authenticate': 'Basic realm="x"' } };
      if (!request.headers.authorization) return basicChallenge;
      return what.endsWith('/v2/') ? {} : moved('/cdn/x');
    });
    expect(answer).toEqual(unexpected('redirected'));
  });

  it('is followed three times and no more', async () => {
    const hops =
      (limit: number): Handler =>
      (what) => {
        const hop = Number(/\/hop(\d)/.exec(what)?.[1] ?? 0);
        return hop === limit ? found : moved(`/hop${hop + 1}`);
      };
    expect((await pullFrom(hops(3), { as: null })).answer).toMatchObject({ result: 'readable' });
    expect((await pullFrom(hops(4), { as: null })).answer).toEqual(unexpected('redirect-refused'));
  });

  it('is not followed to an address that is not trusted', async () => {
    const inside = await serve(() => found);
    expect((await pullFrom(() => moved(`${inside.url}/x`), { as: null })).answer).toEqual(
      unexpected('redirect-refused'),
    );
    expect(inside.seen).toEqual([]);
    expect((await pullFrom(() => moved('http://['), { as: null })).answer).toEqual(unexpected('status-307'));
  });
});

describe('time and connection', () => {
  it.each<[string, Reply]>([
    ['before an answer', { hang: true }],
    ['in the middle of a body', { ...given, stall: true, body: '{"token":' }],
  ])('gives up at the deadline of the whole attempt, %s', async (_when, reply) => {
    const server: HandMade = await serve((what) =>
      what.includes('/token') ? reply : bearerChallenge(`${server.url}/token`),
    );
    const answer = await clientFor(server.url).tryPull(image, login, { deadline: Date.now() + 60 });
    expect(answer).toEqual(undecided('timeout'));
  });

  it('asks nothing after the deadline', async () => {
    const server = await serve(() => found);
    expect(await clientFor(server.url).tryPull(image, login, { deadline: Date.now() - 1 })).toEqual(
      undecided('timeout'),
    );
    expect(server.seen).toEqual([]);
  });

  it('asks once more where a connection is cut, since a kept one may have gone stale', async () => {
    let asked = 0;
    const { answer } = await pullFrom(() => (++asked === 1 ? { cut: true } : found), { as: null });
    expect(answer).toMatchObject({ result: 'readable' });
  });

  it.each([
    ['no-such-host', 'ENOTFOUND'],
    ['no-such-host', 'EAI_AGAIN'],
    ['no-route', 'UND_ERR_CONNECT_TIMEOUT'],
    ['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['tls', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['tls', 'CERT_HAS_EXPIRED'],
    ['network', 'SOMETHING_NEW'],
  ])('says %s by %s', async (why, code) => {
    const failing = () =>
      Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) }));
    const answer = await clientFor('https://registry.example.com', { fetch: failing }).tryPull(image, login);
    expect(answer).toEqual({ result: 'unreachable', why });
  });

  it('looks into several failed addresses, and takes an unknown failure as one of the network', async () => {
    const several = new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })]);
    const throwing = (error: unknown) => clientFor('https://x', { fetch: () => Promise.reject(error) });
    expect(
      await throwing(new TypeError('fetch failed', { cause: several })).tryPull(image, null),
    ).toMatchObject({ why: 'refused' });
    expect(await throwing('odd').tryPull(image, null)).toMatchObject({ why: 'network' });
  });

  it('does not aim at this machine because an image names it', async () => {
    const server = await serve(() => found);
    const local = parseImageReference(`${new URL(server.url).host}/team/app:1`);
    expect(await clientFor('https://x').tryPull(local, login)).toEqual({
      result: 'unreachable',
      why: 'address-refused',
    });
    expect(server.seen).toEqual([]);
  });
});
