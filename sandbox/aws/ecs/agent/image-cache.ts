import { readImageName, withDigest } from '../pull/image-name.ts';

/** One container instance's local images: content by digest, and tags that point at it. */
export interface ImageCache {
  /** The digest of a local image by the reference a task names, tag or digest. */
  find(image: string): string | undefined;
  /** Whether the content of `digest` is here for the image's repository. */
  has(image: string, digest: string): boolean;
  /** Records a pull, and the tag if `image` names one. */
  store(image: string, digest: string): void;
  /** Whether the agent itself has pulled this reference well, which is what `once` asks. */
  wasPulled(image: string): boolean;
  /** Removes all, or the images whose name begins with `prefix`. Returns how many references went. */
  evict(prefix?: string): number;
}

/** An empty cache, as on an instance that has just come. */
export function createImageCache(): ImageCache {
  const byReference = new Map<string, string>();
  const pulled = new Set<string>();
  return {
    find: (image) => byReference.get(fullName(image)),
    has: (image, digest) => byReference.has(fullName(withDigest(image, digest))),
    store(image, digest) {
      byReference.set(fullName(image), digest);
      byReference.set(fullName(withDigest(image, digest)), digest);
      pulled.add(fullName(image));
    },
    wasPulled: (image) => pulled.has(fullName(image)),
    evict(prefix = '') {
      const gone = [...byReference.keys()].filter((name) => name.startsWith(prefix));
      for (const name of gone) {
        byReference.delete(name);
        pulled.delete(name);
      }
      return gone.length;
    },
  };
}

function fullName(image: string): string {
  const name = readImageName(image);
  return typeof name === 'string' ? image : name.full;
}
