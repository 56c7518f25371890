import type { Inventory, Login } from '../rotation/ports.ts';
import type { Consumer } from '../rotation/rules/consumer.ts';
import type { KnownCredential } from '../rotation/rules/credential.ts';
import type { NamedCredential } from './credentials-in.ts';

/** A credential and, where its value could be read as one, the login in use. */
export interface SeenCredential extends NamedCredential {
  readonly login?: Login;
}

export interface InventoryParts {
  /** Milliseconds since the epoch of the scan. */
  readonly at: number;
  readonly consumers: readonly Consumer[];
  readonly credentials: readonly SeenCredential[];
  /** Registry host of an image, `docker.io` for the Hub; throws for an image name that cannot be read. */
  readonly registryOf: (image: string) => string;
}

/**
 * What the scan has found, as people are shown it. Pure; logins are compared here, in memory, and only the user name and
 * the number of a group leave. A credential no image with a readable name uses has no registry and is left out.
 */
export function buildInventory({ at, consumers, credentials, registryOf }: InventoryParts): Inventory {
  const groups = groupByLogin(credentials);
  const known = credentials.flatMap((credential): KnownCredential[] => {
    const { kind, target, id, name, login } = credential;
    const using = consumers.filter(({ images }) => images.some(({ credentialId }) => credentialId === id));
    const [first, ...others] = registriesOf(id, using, registryOf);
    const sameLogin = groups.get(credential);
    if (first === undefined) return [];
    const services = using.filter((consumer) => consumer.kind === 'service').length;
    return [
      {
        kind,
        target,
        id,
        name,
        registries: [first, ...others],
        ...(login && { userName: login.userName }),
        ...(sameLogin !== undefined && { sameLogin }),
        services,
        otherConsumers: using.length - services,
        seenAt: at,
      },
    ];
  });
  return { at, credentials: known, consumers };
}

/** Numbers the different logins; who cannot be read has none. */
function groupByLogin(credentials: readonly SeenCredential[]): ReadonlyMap<SeenCredential, number> {
  const logins: Login[] = [];
  const groups = new Map<SeenCredential, number>();
  for (const credential of credentials) {
    const { login } = credential;
    if (!login) continue;
    const before = logins.findIndex((other) => isSame(other, login));
    groups.set(credential, before === -1 ? logins.push(login) : before + 1);
  }
  return groups;
}

function isSame(one: Login, other: Login): boolean {
  return one.userName === other.userName && one.password.equals(other.password);
}

/** Those of the images that use this credential, not of their neighbours. */
function registriesOf(
  credentialId: string,
  using: readonly Consumer[],
  registryOf: (image: string) => string,
): readonly string[] {
  const hosts = new Set<string>();
  for (const { images } of using) {
    for (const image of images) {
      const host = image.credentialId === credentialId ? hostOrNone(image.image, registryOf) : undefined;
      if (host !== undefined) hosts.add(host);
    }
  }
  return [...hosts].sort();
}

/** An image nobody could pull is told by the checks; the inventory goes on without it. */
function hostOrNone(image: string, registryOf: (image: string) => string): string | undefined {
  try {
    return registryOf(image);
  } catch {
    return undefined;
  }
}
