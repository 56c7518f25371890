export interface UserListing {
  readonly name: string;
  /** Shown on the help panel, so that a person can try it: this registry guards nothing. */
  readonly password: string;
  readonly rights: readonly string[];
}

/** Who may log in, and what each may pull. Every change holds from the next request on. */
export interface Users {
  /** Adds or replaces a user. A right is a repository, all beneath a path (`team/*`), or everything (`*`). */
  add(name: string, password: string, rights?: readonly string[]): void;
  /** Throws where there is no such user. */
  setPassword(name: string, password: string): void;
  /** The login is refused from now on. */
  revoke(name: string): void;
  grant(name: string, right: string): void;
  /** Takes a right away; a single repository also from under a wider right. */
  take(name: string, right: string): void;
  accepts(name: string, password: string): boolean;
  mayPull(name: string, repository: string): boolean;
  list(): readonly UserListing[];
}

interface User {
  password: string;
  readonly rights: Set<string>;
  readonly taken: Set<string>;
}

export function createUsers(): Users {
  const users = new Map<string, User>();
  return {
    add: (name, password, rights = []) =>
      void users.set(name, { password, rights: new Set(rights), taken: new Set() }),
    setPassword(name, password) {
      userOf(users, name).password = password;
    },
    revoke: (name) => void users.delete(name),
    grant(name, right) {
      const user = userOf(users, name);
      user.rights.add(right);
      for (const taken of user.taken) if (covers(right, taken)) user.taken.delete(taken);
    },
    take(name, right) {
      const user = userOf(users, name);
      user.rights.delete(right);
      user.taken.add(right);
    },
    accepts: (name, password) => users.get(name)?.password === password,
    mayPull: (name, repository) => mayPull(users.get(name), repository),
    list: () =>
      [...users].map(([name, { password, rights }]) => ({ name, password, rights: [...rights].sort() })),
  };
}

function userOf(users: ReadonlyMap<string, User>, name: string): User {
  const user = users.get(name);
  if (!user) throw new Error(`This registry has no user ${name}`);
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
