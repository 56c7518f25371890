/** The image a reason text names, as far as it does. `registry` is `docker.io` for the Hub. */
export interface NamedImage {
  /** As the text has it: "acme/api", "ghcr.io/acme/api:1.4". */
  readonly image?: string;
  readonly registry?: string;
  readonly repository?: string;
}

/**
 * Finds the image in a reason text (in its own case). A name at the very end is not taken, for it may have been
 * cut there. A text can name a repository without its registry (Harbor), or a registry alone.
 */
export function findNamedImage(reason: string): NamedImage {
  for (const pattern of imageAfter) {
    const image = pattern.exec(reason)?.[1];
    if (image !== undefined) return splitImage(image);
  }
  return fromAddress(reason) ?? fromHarbor(reason) ?? {};
}

// Lengths are bounded so that no pattern takes more than linear time. 400 is above any valid name.
const imageAfter: readonly RegExp[] = [
  /failed to resolve ref(?:erence)? "?([^\s"]{1,400}?):?["\s]/i,
  /pull access denied for ([^\s,]{1,400}),/i,
  /manifest for (\S{1,400}) not found/i,
  /repository (\S{1,400}) not found/i,
  /task can(?:no|['’])t pull (\S{1,400}) from the registry/i,
  /repo digest matching '([^\s']{1,400})'/i,
];

function splitImage(image: string): NamedImage {
  const slash = image.indexOf('/');
  const first = image.slice(0, Math.max(slash, 0));
  const isHost = first === 'localhost' || /[.:A-Z]/.test(first);
  const path = withoutTag(isHost ? image.slice(slash + 1) : image);
  return isHost ? placed(image, first, path) : placed(image, 'docker.io', path);
}

function withoutTag(path: string): string {
  const name = path.split('@', 1)[0] ?? path;
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}

function placed(image: string, host: string, path: string): NamedImage {
  const registry = canonical(host);
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path;
  return repository === '' ? { registry } : { image, registry, repository };
}

function canonical(host: string): string {
  return hubHosts.has(host) ? 'docker.io' : host;
}

const hubHosts: ReadonlySet<string> = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

function fromAddress(reason: string): NamedImage | undefined {
  const [, host, path, reference] = manifestAddress.exec(reason) ?? [];
  if (host !== undefined && path !== undefined && reference !== undefined) {
    const image = `${canonical(host)}/${path}${reference.includes(':') ? '@' : ':'}${reference}`;
    return placed(image, host, path);
  }
  const registry = anyAddress.exec(reason)?.[1];
  return registry === undefined ? undefined : { registry: canonical(registry) };
}

const anyAddress = /https?:\/\/([\w.:-]{1,255})\/v2\//i;
const manifestAddress =
  /https?:\/\/([\w.:-]{1,255})\/v2\/([\w./-]{1,300}?)\/manifests\/((?:sha256:)?[\w.-]{1,200})(?=[":\s])/i;

function fromHarbor(reason: string): NamedImage | undefined {
  const repository = /access repository: ([^\s,]{1,400}), action/i.exec(reason)?.[1];
  return repository === undefined ? undefined : { repository };
}
