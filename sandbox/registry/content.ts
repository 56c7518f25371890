import { type Answer, errorAnswer, jsonAnswer, tooManyRequests } from './answers.ts';
import { MANIFEST_TYPE } from './image.ts';
import type { Quota } from './pull-limit.ts';
import type { Repositories } from './repositories.ts';

export interface ManifestRequest {
  readonly repository: string;
  readonly reference: string;
  readonly accept: string;
  readonly ifNoneMatch: string | undefined;
}

/**
 * A manifest by tag or digest. Without our media type in Accept, docker-registry 2.8 tries to make a schema 1
 * manifest of a tag and fails with 400, `Accept: *` included; by digest it does not ask.
 */
export function answerManifest(
  repositories: Repositories,
  request: ManifestRequest,
  takePull: () => Quota,
): Answer {
  const { repository, reference } = request;
  const byDigest = reference.includes(':');
  const image = repositories.find(repository, reference);
  if (!image) return manifestUnknown(repository, reference, byDigest);
  if (namesEtag(request.ifNoneMatch, image.digest)) return { status: 304, headers: {}, body: '' };
  if (!byDigest && !accepts(request.accept, MANIFEST_TYPE)) return manifestInvalid;
  const quota = takePull();
  if (quota.spent) {
    const refused = tooManyRequests(QUOTA_MESSAGE, quota.resetMs);
    return { ...refused, headers: { ...refused.headers, ...quota.headers } };
  }
  const headers = { 'Content-Type': MANIFEST_TYPE, ...digestHeaders(image.digest), ...quota.headers };
  return { status: 200, headers, body: image.manifest };
}

export function answerBlob(repositories: Repositories, repository: string, digest: string): Answer {
  if (!/^sha256:[a-f0-9]{64}$/.test(digest)) return digestInvalid;
  const blob = repositories.findBlob(repository, digest);
  if (!blob) {
    return errorAnswer(404, { code: 'BLOB_UNKNOWN', message: 'blob unknown to registry', detail: digest });
  }
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Cache-Control': 'max-age=31536000',
    ...digestHeaders(digest),
  };
  return { status: 200, headers, body: blob.bytes };
}

export function answerTags(repositories: Repositories, repository: string): Answer {
  const tags = repositories.tagsOf(repository);
  if (tags) return jsonAnswer(200, { name: repository, tags });
  return errorAnswer(404, {
    code: 'NAME_UNKNOWN',
    message: 'repository name not known to registry',
    detail: { name: repository },
  });
}

const QUOTA_MESSAGE =
  'You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit';

const manifestInvalid = errorAnswer(400, {
  code: 'MANIFEST_INVALID',
  message: 'manifest invalid',
  detail: {},
});

const digestInvalid = errorAnswer(400, {
  code: 'DIGEST_INVALID',
  message: 'provided digest did not match uploaded content',
  detail: {},
});

function manifestUnknown(repository: string, reference: string, byDigest: boolean): Answer {
  const detail = byDigest ? { Name: repository, Revision: reference } : { Tag: reference };
  return errorAnswer(404, { code: 'MANIFEST_UNKNOWN', message: 'manifest unknown', detail });
}

function namesEtag(header: string | undefined, digest: string): boolean {
  return header === digest || header === `"${digest}"`;
}

function accepts(header: string, type: string): boolean {
  return header.split(',').some((range) => range.split(';', 1)[0]?.trim() === type);
}

function digestHeaders(digest: string): Record<string, string> {
  return { 'Docker-Content-Digest': digest, Etag: `"${digest}"` };
}
