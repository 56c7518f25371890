import type { Session } from './docker-session.ts';
import { translateErrors } from './docker-words.ts';
import type { EngineAnswer } from './dockerd.ts';
import { type ImageName, manifestPath } from './image-name.ts';
import { ACCEPT, readManifest } from './manifest.ts';
import { notJson, printErrors, readRegistryErrors } from './registry-errors.ts';

/** Fetches the manifest of `digest` (for an index the platform's as well) and all blobs. */
export async function download(
  session: Session,
  name: ImageName,
  digest: string,
  inner = digest,
): Promise<EngineAnswer> {
  const { ask, headers, prefix } = session;
  const path = manifestPath(name, inner);
  const answer = await ask({ method: 'GET', host: name.host, path, headers: { ...headers, accept: ACCEPT } });
  if ('unreachable' in answer) return { error: `${prefix}${answer.unreachable}` };
  if (answer.status >= 400) return { error: translateErrors(readRegistryErrors(answer), name) };
  const manifest = readManifest(answer.body);
  if ('notJson' in manifest) return { error: `error unmarshalling content: ${notJson(answer.body)}` };
  if ('noPlatform' in manifest) {
    return { error: 'no matching manifest for linux/amd64 in the manifest list entries' };
  }
  if ('manifest' in manifest) return download(session, name, digest, manifest.manifest);
  const failed = await downloadBlobs(session, name, manifest.blobs);
  return failed === undefined ? { digest } : { error: `error pulling image configuration: ${failed}` };
}

/** Undefined when all are here, else why the first that failed did. */
async function downloadBlobs(
  { ask, headers }: Session,
  name: ImageName,
  blobs: readonly string[],
): Promise<string | undefined> {
  for (const blob of blobs) {
    const answer = await ask({
      method: 'GET',
      host: name.host,
      path: `/v2/${name.repository}/blobs/${blob}`,
      headers,
    });
    if ('unreachable' in answer) return answer.unreachable;
    if (answer.status >= 400) return printErrors(readRegistryErrors(answer));
  }
  return undefined;
}
