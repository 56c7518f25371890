import { diagnosePullFailure } from '../../src/ecs/pull-failure.ts';

const named = (text: string) => {
  const { image, registry, repository } = diagnosePullFailure(`CannotPullContainerError: ${text}`) ?? {};
  return { image, registry, repository };
};

describe('the image a reason names', () => {
  it.each([
    ['pull access denied for acme/api, repository does not exist', 'acme/api', 'docker.io', 'acme/api'],
    ['pull access denied for nginx, repository does not exist', 'nginx', 'docker.io', 'library/nginx'],
    [
      'manifest for ghcr.io/acme/api:9.9 not found: manifest unknown',
      'ghcr.io/acme/api:9.9',
      'ghcr.io',
      'acme/api',
    ],
    ['repository localhost/api not found: name unknown', 'localhost/api', 'localhost', 'api'],
    ["failed to find a repo digest matching 'acme/api:1.4'", 'acme/api:1.4', 'docker.io', 'acme/api'],
    [
      'failed to resolve ref "r.example.com:5000/a/b@sha256:0f": x',
      'r.example.com:5000/a/b@sha256:0f',
      'r.example.com:5000',
      'a/b',
    ],
    [
      'failed to resolve ref docker.io/acme/api:1.4: pull access denied',
      'docker.io/acme/api:1.4',
      'docker.io',
      'acme/api',
    ],
    [
      'The task can’t pull ghcr.io/acme/api:1 from the registry ghcr.io.',
      'ghcr.io/acme/api:1',
      'ghcr.io',
      'acme/api',
    ],
    [
      'Head "https://ghcr.io/v2/acme/api/manifests/1.4": denied',
      'ghcr.io/acme/api:1.4',
      'ghcr.io',
      'acme/api',
    ],
    [
      'Get https://registry-1.docker.io/v2/acme/api/manifests/1.4: denied',
      'docker.io/acme/api:1.4',
      'docker.io',
      'acme/api',
    ],
    ['code https://ghcr.io/v2/a/b/manifests/sha256:0f: 429', 'ghcr.io/a/b@sha256:0f', 'ghcr.io', 'a/b'],
  ])('is found in: %s', (text, image, registry, repository) => {
    expect(named(text)).toEqual({ image, registry, repository });
  });

  it('is the repository alone, or the registry alone, where the text has no more', () => {
    expect(named('unauthorized to access repository: team/api, action: pull')).toEqual({
      repository: 'team/api',
    });
    expect(named('Get "https://ghcr.io/v2/": dial tcp: i/o timeout')).toEqual({ registry: 'ghcr.io' });
  });

  it.each([
    'pull access denied for acme/ap',
    'failed to resolve ref docker.io/acme/api:1.4-r',
    'manifest for ghcr.io/acme/ap',
    'denied: denied',
  ])('is not guessed where the text may be cut through it: %s', (text) => {
    expect(named(text)).toEqual({});
  });
});
