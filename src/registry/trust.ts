import { isAddress, isPrivate } from './addresses.ts';
import type { Endpoint } from './endpoint.ts';

/**
 * The realm's address, if a login of this registry may be sent there; undefined where not. A registry names its realm
 * itself, so a hostile one could name any host: allowed are configured origins, and by https the registry's own host,
 * a host above or beneath it, and pairs that are known. Siblings are not: `a.github.io` and `b.github.io` are two
 * people. Names are not looked up, so a realm that passes may still lead into a private network, as its registry may.
 */
export function trustedRealm(realm: string, endpoint: Endpoint): URL | undefined {
  if (!URL.canParse(realm)) return undefined;
  const url = new URL(realm);
  if (url.username !== '' || url.password !== '') return undefined;
  if (endpoint.configuredOrigins.includes(url.origin)) return url;
  return url.protocol === 'https:' && isOfRegistry(url.hostname, endpoint) ? url : undefined;
}

/** Whether a redirect may be followed, without the login: https to no private address, or a configured origin. */
export function mayFollow(url: URL, endpoint: Endpoint): boolean {
  if (endpoint.configuredOrigins.includes(url.origin)) return true;
  if (url.protocol !== 'https:') return false;
  return url.hostname === endpoint.base.hostname || !isPrivate(url.hostname);
}

function isOfRegistry(realm: string, endpoint: Endpoint): boolean {
  const registry = endpoint.base.hostname;
  if (realm === registry) return true;
  if (isAddress(realm) || isPrivate(realm)) return false;
  if (KNOWN_REALMS[endpoint.registry]?.includes(realm)) return true;
  const above = registry.endsWith(`.${realm}`) && realm.includes('.');
  return above || realm.endsWith(`.${registry}`);
}

// Registries whose realm is on another name that is neither above nor beneath theirs.
const KNOWN_REALMS: Readonly<Record<string, readonly string[]>> = {
  'docker.io': ['auth.docker.io'],
  'registry.gitlab.com': ['gitlab.com'],
};

/**
 * Whether this registry's realm is known to look at the login: a wrong one gets 401 or 403 there, so that a token is
 * proof of the login (not of any right). Others may give a token to anybody.
 */
export function realmChecksLogin(registry: string): boolean {
  return (
    ['docker.io', 'ghcr.io', 'registry.gitlab.com'].includes(registry) || registry.endsWith('.azurecr.io')
  );
}
