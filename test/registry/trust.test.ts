import { isAddress, isLocal, isPrivate } from '../../src/registry/addresses.ts';
import { type EndpointOptions, endpointOf } from '../../src/registry/endpoint.ts';
import { mayFollow, realmChecksLogin, trustedRealm } from '../../src/registry/trust.ts';

function trusts(registry: string, realm: string, options: EndpointOptions = {}): boolean {
  const endpoint = endpointOf(registry, options);
  if (!endpoint) throw new Error(`no endpoint for ${registry}`);
  return trustedRealm(realm, endpoint) !== undefined;
}

it.each([
  ['docker.io', 'https://auth.docker.io/token'],
  ['registry-1.docker.io', 'https://auth.docker.io/token'],
  ['ghcr.io', 'https://ghcr.io/token'],
  ['quay.io', 'https://quay.io/v2/auth'],
  ['registry.gitlab.com', 'https://gitlab.com/jwt/auth'],
  ['acme.azurecr.io', 'https://acme.azurecr.io/oauth2/token'],
  ['harbor.example.com:8443', 'https://harbor.example.com/service/token'],
  ['registry.gitlab.example.com', 'https://gitlab.example.com/jwt/auth'],
  ['example.com', 'https://auth.example.com/token'],
  ['10.0.0.5:5000', 'https://10.0.0.5:5001/token'],
])('lets %s send a login to %s', (registry, realm) => {
  expect(trusts(registry, realm)).toBe(true);
});

it.each([
  ['ghcr.io', 'https://evil.example/token'],
  ['ghcr.io', 'http://ghcr.io/token'],
  ['ghcr.io', 'https://ghcr.io.evil.example/token'],
  ['ghcr.io', 'https://evilghcr.io/token'],
  ['ghcr.io', 'https://io/token'],
  ['ghcr.io', 'https://user:pass@ghcr.io/token'],
  ['ghcr.io', 'https://auth.docker.io/token'],
  ['a.example.com', 'https://b.example.com/token'],
  ['acme.azurecr.io', 'https://other.azurecr.io/oauth2/token'],
  ['ghcr.io', 'https://169.254.169.254/latest/meta-data'],
  ['ghcr.io', 'https://10.0.0.1/token'],
  ['ghcr.io', 'https://[::ffff:10.0.0.1]/token'],
  ['ghcr.io', 'https://localhost/token'],
  ['ghcr.io', 'file:///etc/passwd'],
  ['ghcr.io', '/token'],
  ['10.0.0.5:5000', 'https://0.0.5/token'],
])('does not let %s send a login to %s', (registry, realm) => {
  expect(trusts(registry, realm)).toBe(false);
});

it('takes what is configured for that registry, and for no other', () => {
  const options = {
    endpoints: { 'registry.example.com': 'http://127.0.0.1:5000' },
    realms: { 'registry.example.com': ['http://127.0.0.1:5004/token'] },
  };
  expect(trusts('registry.example.com', 'http://127.0.0.1:5000/token', options)).toBe(true);
  expect(trusts('registry.example.com', 'http://127.0.0.1:5004/other', options)).toBe(true);
  expect(trusts('registry.example.com', 'http://127.0.0.1:5005/token', options)).toBe(false);
  expect(trusts('ghcr.io', 'http://127.0.0.1:5000/token', options)).toBe(false);
});

it.each([
  ['docker.io', 'https://registry-1.docker.io/'],
  ['index.docker.io', 'https://registry-1.docker.io/'],
  ['ghcr.io', 'https://ghcr.io/'],
  ['registry.example.com:5000', 'https://registry.example.com:5000/'],
  ['10.0.0.5', 'https://10.0.0.5/'],
])('asks %s at %s', (registry, base) => {
  expect(endpointOf(registry, {})?.base.href).toBe(base);
});

it('asks a configured registry where it is configured, Docker Hub under any of its names', () => {
  const endpoints = { 'docker.io': 'http://127.0.0.1:5000', 'ghcr.io': 'https://mirror.example.com/ghcr' };
  expect(endpointOf('index.docker.io', { endpoints })?.base.href).toBe('http://127.0.0.1:5000/');
  expect(endpointOf('ghcr.io', { endpoints })?.base.href).toBe('https://mirror.example.com/ghcr/');
});

it.each([
  'localhost:5000',
  '127.0.0.1:5000',
  '127.1',
  '0x7f000001',
  '169.254.169.254',
  '[::1]:5000',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '0.0.0.0',
  'a b',
])('does not ask %s unless it is configured', (registry) => {
  expect(endpointOf(registry, {})).toBeUndefined();
});

it('knows local and private addresses, whatever their form', () => {
  expect(['127.0.0.1', 'localhost.', 'x.localhost', '[::]', '[::ffff:127.0.0.1]'].every(isLocal)).toBe(true);
  expect(['10.1.2.3', '172.31.0.1', '192.168.1.1', '100.64.0.1', '[fd12::1]'].every(isPrivate)).toBe(true);
  expect(['8.8.8.8', '172.32.0.1', '[2001:db8::1]', 'ghcr.io', '10.example.com'].some(isPrivate)).toBe(false);
  expect([isAddress('10.0.0.1'), isAddress('[::1]'), isAddress('ghcr.io')]).toEqual([true, true, false]);
});

it('follows redirects to https in the open, to the registry itself and to what is configured', () => {
  const endpoint = endpointOf('10.0.0.5', { realms: { '10.0.0.5': ['http://127.0.0.1:9/'] } });
  if (!endpoint) throw new Error('no endpoint');
  const follows = (url: string) => mayFollow(new URL(url), endpoint);
  expect(['https://cdn.example.com/x', 'https://10.0.0.5/x', 'http://127.0.0.1:9/x'].every(follows)).toBe(
    true,
  );
  expect(['http://cdn.example.com/x', 'https://10.0.0.6/x', 'http://10.0.0.5/x'].some(follows)).toBe(false);
});

it('knows whose realm looks at logins', () => {
  expect(['docker.io', 'ghcr.io', 'acme.azurecr.io'].every(realmChecksLogin)).toBe(true);
  expect(['registry.example.com', 'azurecr.io.example.com'].some(realmChecksLogin)).toBe(false);
});
