import { type Blob, type Image, MANIFEST_TYPE } from '../../../sandbox/registry/image.ts';
import { basic } from './asking.ts';

export interface Destination {
  readonly url: string;
  readonly repository: string;
  readonly tag: string;
  readonly name: string;
  readonly password: string;
}

/** Pushes an image as the distribution specification has it: each blob in two requests, then the manifest. */
export async function pushImage(to: Destination, image: Image): Promise<void> {
  for (const blob of [image.config, image.layer]) await pushBlob(to, blob);
  const headers = { ...loginOf(to), 'content-type': MANIFEST_TYPE };
  const url = `${to.url}/v2/${to.repository}/manifests/${to.tag}`;
  await expectCreated(await fetch(url, { method: 'PUT', headers, body: new Uint8Array(image.manifest) }));
}

async function pushBlob(to: Destination, { bytes, digest }: Blob): Promise<void> {
  const begun = await fetch(`${to.url}/v2/${to.repository}/blobs/uploads/`, {
    method: 'POST',
    headers: loginOf(to),
  });
  const location = begun.headers.get('location');
  if (begun.status !== 202 || !location) throw new Error(`The upload was not begun: ${begun.status}`);
  const url = new URL(location, to.url);
  url.searchParams.set('digest', digest);
  const headers = { ...loginOf(to), 'content-type': 'application/octet-stream' };
  await expectCreated(await fetch(url, { method: 'PUT', headers, body: new Uint8Array(bytes) }));
}

function loginOf({ name, password }: Destination): Record<string, string> {
  return { authorization: basic(name, password) };
}

async function expectCreated(response: Response): Promise<void> {
  if (response.status !== 201) throw new Error(`Not pushed: ${response.status} ${await response.text()}`);
}
