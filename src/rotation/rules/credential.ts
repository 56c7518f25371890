/** Where a registry login lives, and what a rotation knows of it. Types only; a value never stands in one. */

/** `secret`: a Secrets Manager secret named by task definitions. `agent`: ECS_ENGINE_AUTH_* on a cluster's instances. */
export type CredentialKind = 'secret' | 'agent';

/** Names one credential. `id` is the full ARN of a secret. */
export interface CredentialRef {
  readonly kind: CredentialKind;
  /** Id of the target (AWS account and region) it lives in. */
  readonly target: string;
  readonly id: string;
}

/** A credential as the inventory knows it. */
export interface KnownCredential extends CredentialRef {
  /** What people call it: the secret's name. */
  readonly name: string;
  /** Registry hosts of the images that use it, `docker.io` for the Hub; never empty. */
  readonly registries: readonly [string, ...string[]];
  /** The user name of the login in use; undefined where the value cannot be read as a login. */
  readonly userName?: string;
  /** Credentials of one scan that hold the same user name and password share a group; the number says nothing else. */
  readonly sameLogin?: number;
  readonly services: number;
  /** Scheduled and standalone task definitions that use it. */
  readonly otherConsumers: number;
  /** Milliseconds since the epoch of the scan that saw it. */
  readonly seenAt: number;
}

/**
 * A credential in a rotation. The two version ids are recorded when the value is stored and never changed; until then
 * the base is empty, and so is the staged one where nothing is put.
 */
export interface RotatedCredential extends CredentialRef {
  readonly name: string;
  /** The version with AWSCURRENT when the new value was merged: what "go back" returns to. */
  readonly baseVersionId: string;
  /** The version that holds the new login. Equal to the base where only the login in use is to be proved. */
  readonly stagedVersionId: string;
}

/** What holds a secret's place, read without its value. */
export interface CredentialCondition {
  readonly currentVersionId?: string;
  /** Our own label's version, where there is one. */
  readonly pendingVersionId?: string;
  readonly owningService?: string;
  readonly rotationEnabled: boolean;
  readonly isReplica: boolean;
  readonly pendingDeletion: boolean;
}

/** Answer of moving AWSCURRENT by compare-and-swap. */
export type MoveResult =
  | { readonly result: 'moved' }
  | { readonly result: 'already-there' }
  /** Someone else moved it; nothing was overwritten. */
  | { readonly result: 'changed-by-someone'; readonly currentVersionId: string };
