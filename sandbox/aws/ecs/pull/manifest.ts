import { createHash } from 'node:crypto';

/** All four types: with fewer a registry may answer "not found" for an image that is there. */
export const ACCEPT = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ');

/** A manifest's blobs, or for an index the manifest of the hosts' platform (linux/amd64). */
export type ReadManifest =
  | { readonly blobs: readonly string[] }
  | { readonly manifest: string }
  | { readonly noPlatform: true }
  | { readonly notJson: true };

/** Reads a manifest, image or index, of either family. */
export function readManifest(body: string): ReadManifest {
  try {
    return readParsed(JSON.parse(body));
  } catch {
    return { notJson: true };
  }
}

/** The sha256 digest of a text, as registries write it. */
export const digestOf = (body: string): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

interface Descriptor {
  readonly digest: string;
  readonly platform?: { readonly os?: string; readonly architecture?: string };
}

function readParsed(value: {
  manifests?: Descriptor[];
  config?: Descriptor;
  layers?: Descriptor[];
}): ReadManifest {
  if (value.manifests !== undefined) {
    const fitting = value.manifests.find(
      ({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64',
    );
    return fitting === undefined ? { noPlatform: true } : { manifest: fitting.digest };
  }
  const parts = [value.config, ...(value.layers ?? [])];
  return { blobs: parts.flatMap((part) => (part === undefined ? [] : [part.digest])) };
}
