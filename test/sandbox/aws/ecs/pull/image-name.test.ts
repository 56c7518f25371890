import { manifestKey, readImageName, withDigest } from '../../../../../sandbox/aws/ecs/pull/image-name.ts';
import { DIGEST } from './canned.ts';

describe('an image name', () => {
  it.each([
    ['nginx', 'registry-1.docker.io', 'library/nginx', 'latest', 'nginx', 'docker.io/library/nginx:latest'],
    ['acme/api:1.4', 'registry-1.docker.io', 'acme/api', '1.4', 'acme/api', 'docker.io/acme/api:1.4'],
    [
      'docker.io/acme/api',
      'registry-1.docker.io',
      'acme/api',
      'latest',
      'acme/api',
      'docker.io/acme/api:latest',
    ],
    [
      'index.docker.io/acme/api:1',
      'registry-1.docker.io',
      'acme/api',
      '1',
      'acme/api',
      'docker.io/acme/api:1',
    ],
    [
      'ghcr.io/acme/team/api:1',
      'ghcr.io',
      'acme/team/api',
      '1',
      'ghcr.io/acme/team/api',
      'ghcr.io/acme/team/api:1',
    ],
    ['localhost/api', 'localhost', 'api', 'latest', 'localhost/api', 'localhost/api:latest'],
    ['reg:5000/api:7', 'reg:5000', 'api', '7', 'reg:5000/api', 'reg:5000/api:7'],
    [
      `reg.example/api@${DIGEST}`,
      'reg.example',
      'api',
      DIGEST,
      'reg.example/api',
      `reg.example/api@${DIGEST}`,
    ],
    [
      `reg.example/api:1@${DIGEST}`,
      'reg.example',
      'api',
      DIGEST,
      'reg.example/api',
      `reg.example/api:1@${DIGEST}`,
    ],
  ])('%s is read as engines read it', (text, host, repository, key, familiar, full) => {
    const name = readImageName(text);
    if (typeof name === 'string') throw new Error(name);
    expect(name).toMatchObject({ host, repository, familiar, full });
    expect(manifestKey(name)).toBe(key);
  });

  it.each([
    ['ghcr.io/Acme/api', 'invalid reference format: repository name must be lowercase'],
    ['ghcr.io/acme/api:', 'invalid reference format'],
    ['ghcr.io/acme/api@sha256:short', 'invalid reference format'],
    ['', 'invalid reference format'],
  ])('%s is refused in dockerd’s words', (text, refusal) => {
    expect(readImageName(text)).toBe(refusal);
  });

  it.each(['reg:5000/api', 'reg:5000/api:7', `reg:5000/api:7@${DIGEST.replace('a', 'b')}`])(
    '%s takes a digest in place of its tag, the port kept',
    (text) => {
      expect(withDigest(text, DIGEST)).toBe(`reg:5000/api@${DIGEST}`);
    },
  );
});
