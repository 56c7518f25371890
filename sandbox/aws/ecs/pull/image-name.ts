/** An image as an engine reads it (distribution/reference, normalize.go). */
export interface ImageName {
  /** Where the API is, such as `ghcr.io` or `registry-1.docker.io`. */
  readonly host: string;
  /** As the registry's paths have it, such as `library/nginx`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
  /** The repository as dockerd prints it: without `docker.io/library/`. */
  readonly familiar: string;
  /** The whole reference as containerd prints it: `docker.io/library/nginx:latest`. */
  readonly full: string;
}

const REST =
  /^(?<path>[^:@]+(?:\/[^:@]+)*)(?::(?<tag>[\w][\w.-]{0,127}))?(?:@(?<digest>sha256:[a-f0-9]{64}))?$/;

/** Reads an image name; a text is what dockerd says of one it cannot read. */
export function readImageName(image: string): ImageName | string {
  const slash = image.indexOf('/');
  const first = slash < 0 ? '' : image.slice(0, slash);
  const named = isHost(first);
  const match = REST.exec(named ? image.slice(slash + 1) : image);
  const path = match?.groups?.path;
  if (path === undefined) return 'invalid reference format';
  if (path !== path.toLowerCase()) return 'invalid reference format: repository name must be lowercase';
  const domain = named && first !== 'index.docker.io' ? first : 'docker.io';
  return build(domain, path, match?.groups?.tag, match?.groups?.digest);
}

/** What the engine asks for: the digest where there is one, else the tag. */
export const manifestKey = (name: ImageName): string => name.digest ?? name.tag ?? 'latest';

/** The path of a manifest by tag or digest. */
export const manifestPath = (name: ImageName, key: string): string =>
  `/v2/${name.repository}/manifests/${key}`;

/** As engines print it: https but for loopback, whatever the sandbox really speaks. */
export const urlOf = ({ host }: ImageName, path: string): string =>
  `${/^(localhost|127\.)/.test(host) ? 'http' : 'https'}://${host}${path}`;

/** The same repository by digest, without tag: what later tasks of a deployment and the agent's pull carry. */
export function withDigest(image: string, digest: string): string {
  const bare = image.replace(/@.*$/, '').replace(/:[\w][\w.-]*$/, '');
  return `${bare}@${digest}`;
}

const isHost = (part: string): boolean => /[.:]/.test(part) || part === 'localhost' || /[A-Z]/.test(part);

function build(domain: string, path: string, tag?: string, digest?: string): ImageName {
  const hub = domain === 'docker.io';
  const repository = hub && !path.includes('/') ? `library/${path}` : path;
  const shownTag = tag ?? (digest === undefined ? 'latest' : undefined);
  const suffix = `${shownTag === undefined ? '' : `:${shownTag}`}${digest === undefined ? '' : `@${digest}`}`;
  return {
    host: hub ? 'registry-1.docker.io' : domain,
    repository,
    tag: shownTag,
    digest,
    familiar: hub ? repository.replace(/^library\//, '') : `${domain}/${repository}`,
    full: `${domain}/${repository}${suffix}`,
  };
}
