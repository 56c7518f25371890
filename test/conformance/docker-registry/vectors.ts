import { buildImage, MANIFEST_TYPE } from '../../../sandbox/registry/image.ts';
import { type Asked, basic } from './asking.ts';

export const REPOSITORY = 'team/app';
export const image = buildImage(REPOSITORY, '1', '1');

const manifest = '/v2/team/app/manifests/1';
const good = basic('good', 's3cret-one');
const wrong = basic('good', 'not-it');
const absent = `sha256:${'0'.repeat(64)}`;
const layer = `/v2/team/app/blobs/${image.layer.digest}`;

/** What to ask, and the status that docker-registry 2.8 answers. Headers and body are compared with its own. */
export type Vector = readonly [what: string, status: number, asked: Asked];

const manifestWith = (accept: string | undefined, method = 'GET'): Asked => ({
  method,
  path: manifest,
  authorization: good,
  accept,
});

const asGood = (path: string, method = 'GET'): Asked => ({
  method,
  path,
  authorization: good,
  accept: MANIFEST_TYPE,
});

/** To a registry with htpasswd. */
export const basicVectors: readonly Vector[] = [
  ['the home page', 200, { path: '/' }],
  ['the API without its slash', 301, { path: '/v2' }],
  ['the API as nobody', 401, { path: '/v2/' }],
  ['the API with a wrong password', 401, { path: '/v2/', authorization: wrong }],
  ['the API with a token', 401, { path: '/v2/', authorization: 'Bearer junk' }],
  ['the API', 200, asGood('/v2/')],
  ['the head of the API', 200, asGood('/v2/', 'HEAD')],
  ['a manifest', 200, asGood(manifest)],
  ['the head of a manifest', 200, asGood(manifest, 'HEAD')],
  ['a manifest by digest', 200, asGood(`/v2/team/app/manifests/${image.digest}`)],
  ['a manifest that is had already', 304, { ...asGood(manifest), ifNoneMatch: `"${image.digest}"` }],
  ['a manifest as nobody', 401, { path: manifest, accept: MANIFEST_TYPE }],
  ['the head of a manifest as nobody', 401, { method: 'HEAD', path: manifest, accept: MANIFEST_TYPE }],
  ['a manifest with a wrong password', 401, { ...asGood(manifest), authorization: wrong }],
  ['a manifest as an unknown user', 401, { ...asGood(manifest), authorization: basic('nobody', 'x') }],
  ['a manifest with a garbled login', 401, { ...asGood(manifest), authorization: 'Basic !!!' }],
  ['a manifest with half a login', 401, { ...asGood(manifest), authorization: 'Basic' }],
  ['a manifest by another scheme', 401, { ...asGood(manifest), authorization: 'Digest x' }],
  ['a manifest without Accept', 400, manifestWith(undefined)],
  ['the head of a manifest without Accept', 400, manifestWith(undefined, 'HEAD')],
  ['a manifest in any form', 400, manifestWith('*/*')],
  ['a manifest as a page', 400, manifestWith('text/html')],
  ['a manifest in OCI form only', 400, manifestWith('application/vnd.oci.image.manifest.v1+json')],
  ['a manifest in one of two forms', 200, manifestWith(`text/html;q=0.1, ${MANIFEST_TYPE};q=0.5`)],
  [
    'a manifest by digest without Accept',
    200,
    { ...manifestWith(undefined), path: `/v2/team/app/manifests/${image.digest}` },
  ],
  ['a missing tag', 404, asGood('/v2/team/app/manifests/nope')],
  ['the head of a missing tag', 404, asGood('/v2/team/app/manifests/nope', 'HEAD')],
  ['a missing digest', 404, asGood(`/v2/team/app/manifests/${absent}`)],
  ['a missing repository', 404, asGood('/v2/team/missing/manifests/1')],
  ['a name in capitals', 404, asGood('/v2/team/App/manifests/1')],
  ['a name in capitals, as nobody', 404, { path: '/v2/team/App/manifests/1' }],
  ['a tag that is none', 404, asGood('/v2/team/app/manifests/.x')],
  ['manifests of no tag', 404, asGood('/v2/team/app/manifests')],
  ['a path with two slashes', 301, asGood('/v2//team/app/manifests/1')],
  ['a page that is none', 404, asGood('/x')],
  ['a page of the API that is none', 404, { path: '/v2/team/app/nothing' }],
  ['the head of a blob', 200, asGood(layer, 'HEAD')],
  ['a blob', 200, asGood(layer)],
  ['a blob as nobody', 401, { path: layer }],
  ['a missing blob', 404, asGood(`/v2/team/app/blobs/${absent}`)],
  ['a blob of another repository', 404, asGood(layer.replace('team/app', 'team/other'))],
  ['a blob by no digest', 400, asGood('/v2/team/app/blobs/sha256:12')],
  ['the tags', 200, asGood('/v2/team/app/tags/list')],
  ['the tags as nobody', 401, { path: '/v2/team/app/tags/list' }],
  ['the tags of a missing repository', 404, asGood('/v2/team/missing/tags/list')],
];

/** Which token is shown to a registry with a realm. `basic`: the login itself, sent past the realm. */
export type Shown = 'nothing' | 'junk' | 'basic' | 'nobody' | 'good' | 'limited' | 'good-without-scope';

export type TokenVector = readonly [what: string, status: number, shown: Shown, asked: Asked];

const head = (path: string): Asked => ({ method: 'HEAD', path, accept: MANIFEST_TYPE });
const get = (path: string): Asked => ({ path, accept: MANIFEST_TYPE });

/** To a registry with tokens; each token is asked for team/app. */
export const tokenVectors: readonly TokenVector[] = [
  ['the API as nobody', 401, 'nothing', get('/v2/')],
  ['the API with a junk token', 401, 'junk', get('/v2/')],
  ["the API with nobody's token", 200, 'nobody', get('/v2/')],
  ['a manifest as nobody', 401, 'nothing', get(manifest)],
  ['a manifest with the login itself', 401, 'basic', get(manifest)],
  ['a manifest with a junk token', 401, 'junk', get(manifest)],
  ["a manifest with nobody's token", 401, 'nobody', get(manifest)],
  ['a manifest with a token that grants nothing', 401, 'limited', get(manifest)],
  ['a manifest with a token for no scope', 401, 'good-without-scope', get(manifest)],
  ['a manifest', 200, 'good', get(manifest)],
  ['the head of a manifest', 200, 'good', head(manifest)],
  ['a manifest without Accept', 400, 'good', { path: manifest }],
  ['a missing tag', 404, 'good', get('/v2/team/app/manifests/nope')],
  ['a manifest that the token is not for', 401, 'good', get('/v2/team/other/manifests/1')],
  ['a blob', 200, 'good', get(layer)],
  ["a blob with nobody's token", 401, 'nobody', get(layer)],
  ['the tags', 200, 'good', get('/v2/team/app/tags/list')],
  ['the tags with a token for no scope', 401, 'good-without-scope', get('/v2/team/app/tags/list')],
  ['a name in capitals', 404, 'nothing', get('/v2/team/App/manifests/1')],
];
