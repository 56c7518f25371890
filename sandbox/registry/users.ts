export interface UserListing {
  /** Names the login here; the same as `name` unless a user has several tokens. */
  readonly id: string;
  /** As it is typed. */
  readonly name: string;
  /** Shown on the help panel, so that a person can try it: this registry guards nothing. */
  readonly password: string;
  readonly rights: readonly string[];
}

/** Who may log in, and what each login may pull. Every change holds from the next request on. */
export interface Users {
  /**
   * Adds or replaces a login. A right is a repository, all beneath a path (`team/*`), or everything (`*`). A user with
   * several tokens, each with rights of its own, is several logins: `id` tells them apart.
   */
  add(name: string, password: string, rights?: readonly string[], id?: string): void;
  /** Throws where there is no such login. */
  setPassword(id: string, password: string): void;
  /** The login is refused from now on. */
  revoke(id: string): void;
  grant(id: string, right: string): void;
  /** Takes a right away; a single repository also from under a wider right. */
  take(id: string, right: string): void;
  /** The id of the login with this name and password. */
  findLogin(name: string, password: string): string | undefined;
  mayPull(id: string, repository: string): boolean;
  list(): readonly UserListing[];
}

interface User {
  readonly name: string;
  password: string;
  readonly rights: Set<string>;
  readonly taken: Set<string>;
}

export function createUsers(): Users {
  const users = new Map<string, User>();
  return {
    add: (name, password, rights = [], id = name) =>
      void users.set(id, { name, password, rights: new Set(rights), taken: new Set() }),
    setPassword(id, password) {
      userOf(users, id).password = password;
    },
    revoke: (id) => void users.delete(id),
    grant(id, right) {
      const user = userOf(users, id);
      user.rights.add(right);
      for (const taken of user.taken) if (covers(right, taken)) user.taken.delete(taken);
    },
    take(id, right) {
      const user = userOf(users, id);
      user.rights.delete(right);
      user.taken.add(right);
    },
    findLogin: (name, password) =>
      [...users].find(([, user]) => user.name === name && user.password === password)?.[0],
    mayPull: (id, repository) => mayPull(users.get(id), repository),
    list: () =>
      [...users].map(([id, { name, password, rights }]) => ({
        id,
        name,
        password,
        rights: [...rights].sort(),
      })),
  };
}

function userOf(users: ReadonlyMap<string, User>, id: string): User {
  const user = users.get(id);
  if (!user) throw new Error(`This registry has no login ${id}`);
  return user;
}

function mayPull(user: User | undefined, repository: string): boolean {
  if (!user || user.taken.has(repository)) return false;
  return [...user.rights].some((right) => covers(right, repository));
}

function covers(right: string, repository: string): boolean {
  if (right === '*') return true;
  return right.endsWith('/*') ? repository.startsWith(right.slice(0, -1)) : right === repository;
}
