import { type Answer, denied, tooManyRequests, unauthorized, type Wanted } from './answers.ts';
import { type Presented, readAuthorization } from './authorization.ts';
import type { Gate } from './lockout.ts';
import type { Repositories } from './repositories.ts';
import { LOCKED_MESSAGE, type Manner, type TokenService } from './tokens.ts';
import type { Users } from './users.ts';

/** Whether a request may go on, and as whom (null: nobody in particular). */
export type Admission =
  | { readonly admitted: true; readonly user: string | null }
  | { readonly admitted: false; readonly answer: Answer };

/** Decides about one request by its Authorization header. `repository` is null for the API as such. */
export type Admit = (authorization: string | undefined, repository: string | null) => Admission;

export interface AccessWorld {
  readonly users: Users;
  readonly repositories: Repositories;
  readonly gate: Gate;
  readonly tokens: TokenService;
  readonly manner: Manner;
  /** Where tokens are given, and for which service. */
  readonly realm: () => string;
  readonly service: () => string;
}

export function admitBy(auth: 'basic' | 'bearer' | 'none', world: AccessWorld): Admit {
  switch (auth) {
    case 'none':
      return () => ({ admitted: true, user: null });
    case 'basic':
      return (header, repository) => admitByBasic(world, readAuthorization(header), repository);
    case 'bearer':
      return (header, repository) => admitByBearer(world, readAuthorization(header), repository);
    default:
      return auth satisfies never;
  }
}

/** A wrong password and an unknown user look the same, and a wrong login is refused even for a public repository. */
function admitByBasic(world: AccessWorld, presented: Presented, repository: string | null): Admission {
  const refusal = refuse(unauthorized('Basic realm="basic-realm"', wantedOf(repository)));
  const isPublic = repository !== null && world.repositories.isPublic(repository);
  if (presented.kind === 'nothing' && isPublic) return { admitted: true, user: null };
  if (presented.kind !== 'basic') return refusal;
  const outcome = world.gate.check(presented);
  if (outcome.kind === 'refused') return refusal;
  if (outcome.kind === 'locked') return refuse(tooManyRequests(LOCKED_MESSAGE, outcome.forMs));
  if (repository === null || isPublic || world.users.mayPull(outcome.name, repository)) {
    return { admitted: true, user: outcome.name };
  }
  return refuse(notPermitted(world.manner, repository));
}

/** Basic sent straight to a Bearer registry is refused: a login goes to the realm only. */
function admitByBearer(world: AccessWorld, presented: Presented, repository: string | null): Admission {
  const refusal = (error?: string) =>
    refuse(unauthorized(challenge(world, repository, error), wantedOf(repository)));
  if (presented.kind !== 'bearer') return refusal();
  const grant = world.tokens.find(presented.token);
  if (!grant) return refusal('invalid_token');
  if (repository === null || grant.repositories.includes(repository)) {
    return { admitted: true, user: grant.user };
  }
  return world.manner === 'ghcr' ? refuse(notPermitted('ghcr', repository)) : refusal('insufficient_scope');
}

function notPermitted(manner: Manner, repository: string): Answer {
  if (manner === 'ghcr') return denied('denied');
  return denied('requested access to the resource is denied', wantedOf(repository) ?? []);
}

function challenge(world: AccessWorld, repository: string | null, error?: string): string {
  // GHCR names a placeholder where no repository was asked for.
  const name = repository ?? (world.manner === 'ghcr' ? 'user/image' : undefined);
  const scope = name === undefined ? '' : `,scope="repository:${name}:pull"`;
  const reason = error === undefined ? '' : `,error="${error}"`;
  return `Bearer realm="${world.realm()}",service="${world.service()}"${scope}${reason}`;
}

function wantedOf(repository: string | null): readonly Wanted[] | null {
  return repository === null ? null : [{ Type: 'repository', Class: '', Name: repository, Action: 'pull' }];
}

function refuse(answer: Answer): Admission {
  return { admitted: false, answer };
}
