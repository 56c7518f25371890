import { HUB_KEY, hostOf, isHubHost } from './keys.ts';

/** `any-of`: which one changes from start to start, by the order of a Go map. */
export type LookedUp =
  | { readonly is: 'key'; readonly key: string }
  | { readonly is: 'any-of'; readonly keys: readonly string[] }
  | { readonly is: 'none' };

/**
 * The key (scheme stripped) whose login the agent takes for an image without a login of its own. A faithful
 * GetAuthconfig: Docker Hub by one exact key; others by host, then by the longest key that the image begins with,
 * whatever letter comes after it. Pass the keys that hold no login as well: the agent takes them, and pulls without.
 */
export function lookUpKey(image: string, registries: readonly string[]): LookedUp {
  const host = hostOfImage(image);
  if (isHubHost(host)) return registries.includes(HUB_KEY) ? { is: 'key', key: HUB_KEY } : { is: 'none' };
  const keys = [...new Set(registries)].filter((key) => hostOf(key) === host);
  const longest = keys.filter((key) => image.startsWith(key)).reduce(longer, '');
  // The agent begins with the host-only key, else with whichever comes first, and leaves that for a longer one only.
  const starts = keys.includes(host) ? [host] : keys;
  return answer([...new Set(starts.map((start) => longer(start, longest)))]);
}

/**
 * The host by the agent's own splitter, `docker.io` for none: capitals make no host, and what follows the last colon
 * is a tag unless it has a slash, so `host:5000` is tag 5000 of the Hub's `host`.
 */
export function hostOfImage(image: string): string {
  const colon = image.lastIndexOf(':');
  const named = colon === -1 || image.slice(colon).includes('/') ? image : image.slice(0, colon);
  const first = hostOf(named);
  const isHost = named.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  return isHost ? first : 'docker.io';
}

function longer(one: string, other: string): string {
  return other.length > one.length ? other : one;
}

function answer(keys: readonly string[]): LookedUp {
  const [key] = keys;
  if (key === undefined) return { is: 'none' };
  return keys.length === 1 ? { is: 'key', key } : { is: 'any-of', keys };
}
