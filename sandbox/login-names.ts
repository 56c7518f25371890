import type { World } from './world.ts';

interface Login {
  readonly username: string;
  readonly password: string;
}

const pending = 'ecs-rotate-pending';

/** What the page calls a login. One that is in use at the start is not for long, so there it is the old one. */
export function shownLogin(id: string): string {
  return id.replace(/(token )?in use$/, 'old token').replace(/, new$/, ', new token');
}

/** Id of the login that this value of a secret holds, `name (refused)` where no registry knows such a token. */
export function loginHeld(world: World, value: string | undefined): string {
  const login = readLogin(value);
  if (!login) return 'no login';
  const ids = [...world.registries.keys()].map((host) => idOf(world, host, login));
  return ids.find((id) => id !== undefined) ?? `${login.username} (refused)`;
}

/** Id of this registry's login that a rotation has stored and not ended yet; undefined while there is none. */
export function loginComing(world: World, host: string): string | undefined {
  const versions = [...world.targets.values()].flatMap(({ secrets }) =>
    secrets.names().flatMap((name) => secrets.versionsOf(name)),
  );
  return versions
    .filter(({ labels }) => labels.includes(pending))
    .map(({ value }) => readLogin(value))
    .map((login) => login && idOf(world, host, login))
    .find((id) => id !== undefined);
}

function idOf({ registries }: World, host: string, { username, password }: Login): string | undefined {
  return registries.get(host)?.users.findLogin(username, password);
}

function readLogin(value = ''): Login | undefined {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null && 'username' in parsed && 'password' in parsed
      ? { username: String(parsed.username), password: String(parsed.password) }
      : undefined;
  } catch {
    return undefined;
  }
}
