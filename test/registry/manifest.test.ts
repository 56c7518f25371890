import { parseImageReference } from '../../src/registry/image-reference.ts';
import {
  clientFor,
  DIGEST,
  found,
  given,
  MANIFEST,
  pullByToken,
  pullFrom,
  type Reply,
  serve,
  undecided,
  unexpected,
  webPage,
} from './hand-made.ts';

const manifestPath = '/v2/team/app/manifests/1';

describe('the manifest, asked with a token', () => {
  it.each<[string, Reply, object]>([
    ['200', found, { result: 'readable', digest: DIGEST, loginSent: true }],
    [
      '200 of schema 1',
      with200('application/vnd.docker.distribution.manifest.v1+prettyjws'),
      { result: 'readable' },
    ],
    [
      '200 of an index',
      with200('application/vnd.oci.image.index.v1+json; charset=utf-8'),
      { result: 'readable' },
    ],
    ['401', { status: 401 }, { result: 'not-permitted' }],
    ['403', { status: 403 }, { result: 'not-permitted' }],
    ['404', { status: 404 }, { result: 'not-found' }],
    ['403 by a page', { ...webPage, status: 403 }, unexpected('web-page')],
    ['404 by a page', { ...webPage, status: 404 }, unexpected('web-page')],
    ['200 by a page', webPage, unexpected('not-a-manifest')],
    ['400', { status: 400 }, unexpected('status-400')],
    [
      '429 with a delay',
      { status: 429, headers: { 'retry-after': '7' } },
      undecided('rate-limited', { retryAfterSeconds: 7 }),
    ],
    ['503', { status: 503 }, undecided('server-error')],
  ])('answers %s', async (_what, manifest, outcome) => {
    expect(await pullByToken(given, manifest)).toMatchObject(outcome);
  });

  function with200(type: string): Reply {
    return { headers: { 'content-type': type, 'docker-content-digest': DIGEST } };
  }

  it('reads a delay that is given as a date', async () => {
    const now = () => Date.parse('2026-11-20T12:00:00Z');
    const reply = { status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2026 12:00:05 GMT' } };
    const { answer } = await pullFrom(() => reply, { now });
    expect(answer).toEqual(undecided('rate-limited', { retryAfterSeconds: 5 }));
    const { answer: garbled } = await pullFrom(() => ({ ...reply, headers: { 'retry-after': 'soon' } }));
    expect(garbled).toEqual(undecided('rate-limited'));
  });
});

describe('a digest', () => {
  const body = '{"schemaVersion":2}';

  it('is taken from the manifest itself where HEAD names none', async () => {
    const headers = { 'content-type': MANIFEST };
    const { answer, seen } = await pullFrom(() => ({ headers, body }), { as: null });
    expect(answer).toEqual({
      result: 'readable',
      // printf '{"schemaVersion":2}' | sha256sum
      digest: 'sha256:bafebd36189ad3688b7b3915ea55d461e0bfcfbdde11e54b0a123999fb6be50f',
      loginSent: false,
    });
    expect(seen.map(({ what }) => what)).toEqual([`HEAD ${manifestPath}`, `GET ${manifestPath}`]);
  });

  it.each<[string, Reply, object]>([
    ['a page', webPage, unexpected('not-a-manifest')],
    ['nothing', { headers: { 'content-type': MANIFEST } }, unexpected('not-a-manifest')],
    ['403', { status: 403 }, unexpected('not-a-manifest')],
    ['429', { status: 429 }, undecided('rate-limited')],
  ])('is not made up where the manifest then is %s', async (_what, reply, outcome) => {
    const { answer } = await pullFrom(
      (what) => (what.startsWith('HEAD') ? { headers: { 'content-type': MANIFEST } } : reply),
      { as: null },
    );
    expect(answer).toEqual(outcome);
  });

  it('that differs from the one asked for is no proof', async () => {
    const server = await serve(() => found);
    const other = parseImageReference(`registry.example.com/team/app@sha256:${'cd'.repeat(32)}`);
    expect(await clientFor(server.url).tryPull(other, null)).toEqual(unexpected('other-digest'));
    const same = parseImageReference(`registry.example.com/team/app@${DIGEST}`);
    expect(await clientFor(server.url).tryPull(same, null)).toMatchObject({ result: 'readable' });
    expect(server.seen[0]?.what).toBe(`HEAD /v2/team/app/manifests/sha256:${'cd'.repeat(32)}`);
  });
});
