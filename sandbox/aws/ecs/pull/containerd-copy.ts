import { type AskRegistry, statusLine } from './ask-registry.ts';
import { type Answered, type ContainerdAnswer, mayPass, type Refusal, refuse } from './containerd-answer.ts';
import { type ImageName, urlOf } from './image-name.ts';
import { ACCEPT, readManifest } from './manifest.ts';
import { printErrors, readRegistryErrors } from './registry-errors.ts';

/** Fetches the manifest of `digest` (for an index the platform's as well) and all blobs, as containerd does. */
export async function copyImage(
  ask: AskRegistry,
  name: ImageName,
  headers: Readonly<Record<string, string>>,
  digest: string,
  inner = digest,
): Promise<ContainerdAnswer> {
  const content = await open(ask, name, `manifests/${inner}`, { ...headers, accept: ACCEPT });
  if ('error' in content) return content;
  const manifest = readManifest(content.body);
  if ('notJson' in manifest) return refuse(`unexpected media type text/html for ${digest}: not found`);
  if ('noPlatform' in manifest) {
    const error = "image Manifest does not contain descriptor matching platform 'linux/amd64'";
    return { error, phase: 'platform', passing: false };
  }
  if ('manifest' in manifest) return copyImage(ask, name, headers, digest, manifest.manifest);
  for (const blob of manifest.blobs) {
    const answer = await open(ask, name, `blobs/${blob}`, headers);
    if ('error' in answer) return answer;
  }
  return { digest };
}

async function open(
  ask: AskRegistry,
  name: ImageName,
  what: string,
  headers: Readonly<Record<string, string>>,
): Promise<Answered | Refusal> {
  const path = `/v2/${name.repository}/${what}`;
  const answer = await ask({ method: 'GET', host: name.host, path, headers });
  const opened = 'failed to copy: httpReadSeeker: failed open: ';
  const url = urlOf(name, path);
  if ('unreachable' in answer) {
    return {
      error: `${opened}failed to do request: Get "${url}": ${answer.unreachable}`,
      phase: 'copy',
      passing: true,
    };
  }
  if (answer.status < 400) return answer;
  const line = `${opened}unexpected status code ${url}: ${statusLine(answer.status)}`;
  const told = answer.status === 429 ? ` - Server message: ${printErrors(readRegistryErrors(answer))}` : '';
  return { error: `${line}${told}`, phase: 'copy', passing: mayPass(answer.status) };
}
