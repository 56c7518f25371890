/** Registry keys by the agent's own rules (agent/dockerclient/dockerauth/dockerauth.go). */

/** The one key under which the agent looks for Docker Hub's login, scheme stripped. */
export const HUB_KEY = 'index.docker.io/v1/';

const hubHosts = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];

/** The key as the agent keeps it: one `http://` or `https://` less, in small letters only. */
export function withoutScheme(key: string): string {
  return key.replace(/^https?:\/\//, '');
}

/** What stands before the first slash. */
export function hostOf(key: string): string {
  return key.split('/', 1)[0] ?? '';
}

export function isHubHost(host: string): boolean {
  return hubHosts.includes(host);
}

/** A host whose images ECS logs in for by itself. */
export function isEcrHost(host: string): boolean {
  return /^\d{12}\.dkr[.-]ecr[.-].*\.(amazonaws\.com(\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$/.test(
    host,
  );
}

/** Whether any image could have this host: one with a dot, a port, or localhost. Everything else is Docker Hub's. */
export function isImageHost(host: string): boolean {
  const shaped = /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d+)?$/.test(host);
  return shaped && (host === 'localhost' || host.includes('.') || host.includes(':'));
}

/** Whether the agent would ever take the login under this key (scheme stripped). */
export function isEverUsed(key: string): boolean {
  const host = hostOf(key);
  if (isHubHost(host)) return key === HUB_KEY;
  return isImageHost(host) && !isEcrHost(host);
}
