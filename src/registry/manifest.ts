import { createHash } from 'node:crypto';
import type { SecretValue } from '../secret-value.ts';
import type { ImageReference } from './image-reference.ts';
import { type PullAnswer, unexpected } from './outcome.ts';
import { isWebPage, mediaType, undecidedBy } from './reading.ts';
import { type Attempt, type Exchange, type HttpAnswer, send } from './transport.ts';

// All four: without the OCI types a registry may say an OCI image is unknown, without ours 2.8 answers 400.
const MANIFEST_TYPES = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
];

const MOST_BYTES = 4 * 1024 * 1024;

/** Asks for the manifest's head, which Docker Hub does not count as a pull. */
export function askManifest(
  attempt: Attempt,
  image: ImageReference,
  authorization?: SecretValue,
): Promise<Exchange> {
  return requestManifest(attempt, image, 'HEAD', authorization);
}

/** What the answer to `askManifest` says of the image and of the login that was sent, if any. */
export async function readManifest(
  attempt: Attempt,
  image: ImageReference,
  answer: HttpAnswer,
  authorization?: SecretValue,
): Promise<PullAnswer> {
  if (answer.status === 200) return readFound(attempt, image, answer, authorization);
  if (![401, 403, 404].includes(answer.status)) return undecidedBy(answer, attempt.now());
  // Refused elsewhere, where we came without the login: that says nothing about the login.
  if (answer.redirected) return unexpected('redirected');
  if (isWebPage(answer)) return unexpected('web-page');
  return { result: answer.status === 404 ? 'not-found' : 'not-permitted' };
}

async function readFound(
  attempt: Attempt,
  image: ImageReference,
  answer: HttpAnswer,
  authorization?: SecretValue,
): Promise<PullAnswer> {
  if (!isManifest(answer)) return unexpected('not-a-manifest');
  const digest = answer.headers.get('docker-content-digest');
  if (digest !== null && /^[a-z0-9+._-]+:[a-f0-9]{64,}$/.test(digest)) {
    return readable(image, digest, authorization);
  }
  // The header is optional on HEAD; only then the manifest itself is fetched, which some registries count.
  const fetched = await requestManifest(attempt, image, 'GET', authorization);
  if (!fetched.answered) return fetched.outcome;
  const { answer: whole } = fetched;
  if (whole.status === 429 || whole.status >= 500) return undecidedBy(whole, attempt.now());
  if (whole.status !== 200 || !isManifest(whole) || whole.body.length === 0)
    return unexpected('not-a-manifest');
  return readable(image, digestOf(whole.body, image.digest), authorization);
}

function requestManifest(
  attempt: Attempt,
  image: ImageReference,
  method: 'HEAD' | 'GET',
  authorization?: SecretValue,
): Promise<Exchange> {
  const { repository, digest, tag } = image;
  const url = new URL(`v2/${repository}/manifests/${digest ?? tag ?? 'latest'}`, attempt.endpoint.base);
  const accept = MANIFEST_TYPES.join(', ');
  return send(attempt, { method, url, authorization, accept, follow: true, maxBytes: MOST_BYTES });
}

/** Schema 1 included, which a registry sends of an old image whatever was asked for. */
function isManifest({ headers }: HttpAnswer): boolean {
  return /^application\/vnd\.(?:docker\.distribution\.manifest|oci\.image\.(?:manifest|index))\./.test(
    mediaType(headers),
  );
}

function readable(image: ImageReference, digest: string, authorization?: SecretValue): PullAnswer {
  if (image.digest !== null && image.digest !== digest) return unexpected('other-digest');
  return { result: 'readable', digest, loginSent: authorization !== undefined };
}

function digestOf(body: Buffer, wanted: string | null): string {
  const algorithm = wanted?.split(':', 1)[0] ?? 'sha256';
  return `${algorithm}:${createHash(algorithm).update(body).digest('hex')}`;
}
