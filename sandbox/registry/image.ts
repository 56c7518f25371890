import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export const MANIFEST_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

export interface Blob {
  readonly digest: string;
  readonly bytes: Buffer;
}

/** An image as a registry keeps it: the manifest names the blobs by digest, and its own digest names the image. */
export interface Image {
  readonly digest: string;
  readonly manifest: Buffer;
  readonly config: Blob;
  readonly layer: Blob;
}

/**
 * A small image that an engine can pull: one file in one layer. The same name, tag and build always give the same
 * digest; another build gives another, which is how a tag moves.
 */
export function buildImage(repository: string, tag: string, build: string): Image {
  const files = tarOf('build.txt', Buffer.from(`${repository}:${tag} build ${build}\n`));
  const layer = blobOf(gzipSync(files, { level: 9 }));
  const config = blobOf(
    Buffer.from(
      JSON.stringify({
        architecture: 'amd64',
        os: 'linux',
        config: { Cmd: ['/app'], Labels: { build } },
        rootfs: { type: 'layers', diff_ids: [digestOf(files)] },
      }),
    ),
  );
  const manifest = Buffer.from(JSON.stringify(manifestOf(config, layer)));
  return { digest: digestOf(manifest), manifest, config, layer };
}

function manifestOf(config: Blob, layer: Blob): object {
  return {
    schemaVersion: 2,
    mediaType: MANIFEST_TYPE,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.bytes.length,
      digest: config.digest,
    },
    layers: [
      {
        mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
        size: layer.bytes.length,
        digest: layer.digest,
      },
    ],
  };
}

function blobOf(bytes: Buffer): Blob {
  return { digest: digestOf(bytes), bytes };
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** One file in ustar form (POSIX.1-1988): a header block, the content padded to 512 bytes, two empty blocks. */
function tarOf(name: string, content: Buffer): Buffer {
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return Buffer.concat([tarHeader(name, content.length), content, padding, Buffer.alloc(1024)]);
}

function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  const put = (text: string, offset: number) => header.write(text, offset, 'latin1');
  put(name, 0);
  put('0000644\0', 100);
  put('0000000\0', 108);
  put('0000000\0', 116);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put('00000000000\0', 136);
  // The sum is taken with its own field full of blanks.
  put('        ', 148);
  put('0', 156);
  put('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
