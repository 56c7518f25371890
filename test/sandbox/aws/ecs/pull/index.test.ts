import type { AskRegistry } from '../../../../../sandbox/aws/ecs/pull/ask-registry.ts';
import { createContainerd } from '../../../../../sandbox/aws/ecs/pull/containerd.ts';
import { createDockerd } from '../../../../../sandbox/aws/ecs/pull/dockerd.ts';
import { answer } from './canned.ts';

const INDEX = `sha256:${'1'.repeat(64)}`;
const AMD = `sha256:${'2'.repeat(64)}`;
const ARM = `sha256:${'3'.repeat(64)}`;
const CONFIG = `sha256:${'4'.repeat(64)}`;
const LAYER = `sha256:${'5'.repeat(64)}`;

/** A registry with one multi-platform image; `asked` keeps the last part of each path. */
function multiPlatform(asked: string[]): AskRegistry {
  const platform = (architecture: string, digest: string) => ({
    digest,
    platform: { os: 'linux', architecture },
  });
  const index = { manifests: [platform('arm64', ARM), platform('amd64', AMD)] };
  const inner = { config: { digest: CONFIG }, layers: [{ digest: LAYER }] };
  return ({ method, path }) => {
    asked.push(`${method} ${path.split('/').at(-1)}`);
    if (path.endsWith(AMD)) return Promise.resolve(answer(200, inner));
    return Promise.resolve(answer(200, index, { 'docker-content-digest': INDEX }));
  };
}

describe('a multi-platform image', () => {
  it('is pulled by dockerd for its platform, and known by the digest of the index', async () => {
    const asked: string[] = [];
    const outcome = await createDockerd(multiPlatform(asked)).pull(
      'reg.example/app:1',
      undefined,
      () => false,
    );
    expect(outcome).toEqual({ digest: INDEX });
    expect(asked.slice(1)).toEqual(['HEAD 1', `GET ${INDEX}`, `GET ${AMD}`, `GET ${CONFIG}`, `GET ${LAYER}`]);
  });

  it('is pulled by containerd for its platform, and known by the digest of the index', async () => {
    const asked: string[] = [];
    expect(await createContainerd(multiPlatform(asked))('reg.example/app:1', undefined)).toEqual({
      digest: INDEX,
    });
    expect(asked).toEqual(['HEAD 1', `GET ${INDEX}`, `GET ${AMD}`, `GET ${CONFIG}`, `GET ${LAYER}`]);
  });
});
