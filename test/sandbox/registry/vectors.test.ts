import { type Registry, startRegistry } from '../../../sandbox/registry/registry.ts';
import { wallClock } from '../../../src/clock.ts';
import { ask, type Compared } from '../../conformance/docker-registry/asking.ts';
import { basicVectors, image } from '../../conformance/docker-registry/vectors.ts';

let registry: Registry;
const answers = new Map<string, Compared>();

beforeAll(async () => {
  registry = await startRegistry({ auth: 'basic', host: 'registry.example.com', clock: wallClock });
  registry.users.add('good', 's3cret-one', ['*']);
  registry.repositories.publish('team/app', '1');
});
afterAll(() => registry.close());

// The same table that test/conformance/docker-registry puts to Debian's docker-registry.
it.each(basicVectors)('answers as docker-registry does: %s (%i)', async (what, status, asked) => {
  const answer = await ask(registry.url, asked);
  answers.set(what, answer);
  expect(answer.status).toBe(status);
});

const pull = { Type: 'repository', Class: '', Name: 'team/app', Action: 'pull' };

// Recorded from docker-registry 2.8.2 of Debian.
it.each<[string, string, unknown]>([
  ['the API as nobody', 'UNAUTHORIZED', null],
  ['a manifest with a wrong password', 'UNAUTHORIZED', [pull]],
  ['the tags as nobody', 'UNAUTHORIZED', [pull]],
  ['a manifest without Accept', 'MANIFEST_INVALID', {}],
  ['a missing tag', 'MANIFEST_UNKNOWN', { Tag: 'nope' }],
  ['a missing repository', 'MANIFEST_UNKNOWN', { Tag: '1' }],
  ['a missing digest', 'MANIFEST_UNKNOWN', { Name: 'team/app', Revision: `sha256:${'0'.repeat(64)}` }],
  ['a missing blob', 'BLOB_UNKNOWN', `sha256:${'0'.repeat(64)}`],
  ['a blob by no digest', 'DIGEST_INVALID', {}],
  ['the tags of a missing repository', 'NAME_UNKNOWN', { name: 'team/missing' }],
])('gives the code and the detail for %s', (what, code, detail) => {
  const body = JSON.parse(answers.get(what)?.body ?? '{}');
  expect(body.errors).toEqual([{ code, message: expect.any(String), detail }]);
});

it('gives the headers that a client reads', () => {
  expect(answers.get('the API as nobody')?.headers).toEqual({
    'content-length': '87',
    'content-type': 'application/json; charset=utf-8',
    'docker-distribution-api-version': 'registry/2.0',
    'www-authenticate': 'Basic realm="basic-realm"',
  });
  expect(answers.get('the head of a manifest')?.headers).toEqual({
    'content-length': String(image.manifest.length),
    'content-type': 'application/vnd.docker.distribution.manifest.v2+json',
    'docker-content-digest': image.digest,
    'docker-distribution-api-version': 'registry/2.0',
    etag: `"${image.digest}"`,
  });
  expect(answers.get('a name in capitals')).toMatchObject({
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: '404 page not found\n',
  });
});
