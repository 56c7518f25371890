import { isLocal } from './addresses.ts';

/** Where a registry is asked, and where its realm may be besides what trust.ts allows anyway. */
export interface Endpoint {
  /** The name images call it by; `docker.io` for Docker Hub. */
  readonly registry: string;
  /** Ends in a slash. */
  readonly base: URL;
  /** Origins that this registry's configuration names; only these may be plain http. */
  readonly configuredOrigins: readonly string[];
}

export interface EndpointOptions {
  /** Base address by registry host, for one that is not at https://host: a mirror, a test. */
  readonly endpoints?: Readonly<Record<string, string>>;
  /** More addresses to which a registry may send logins for a token, by registry host. */
  readonly realms?: Readonly<Record<string, readonly string[]>>;
}

/**
 * The address of a registry: as configured, or https at its own name. Undefined for a host that is this machine or
 * its link: an image name comes from a task definition, and nobody's task definition may aim us at those.
 */
export function endpointOf(host: string, options: EndpointOptions): Endpoint | undefined {
  const registry = HUB_NAMES.includes(host) ? 'docker.io' : host;
  const configured = options.endpoints?.[registry];
  const realms = options.realms?.[registry] ?? [];
  const origins = (configured === undefined ? realms : [configured, ...realms]).map(
    (url) => new URL(url).origin,
  );
  const base = configured ?? defaultBase(registry);
  if (!URL.canParse(base)) return undefined;
  const url = new URL(base.endsWith('/') ? base : `${base}/`);
  if (configured === undefined && isLocal(url.hostname)) return undefined;
  return { registry, base: url, configuredOrigins: origins };
}

const HUB_NAMES = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

/** Docker Hub's API is not at the name its images have. */
function defaultBase(registry: string): string {
  return registry === 'docker.io' ? 'https://registry-1.docker.io/' : `https://${registry}/`;
}
