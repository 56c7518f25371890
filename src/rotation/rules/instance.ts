/** Container instances (hosts): what a credential of kind `agent` stands on. Types only; a value never stands in one. */

/** Why a host cannot be changed now. What to do about each is said in src/text/en/fleet.ts. */
export type NotReady =
  /** Managed by Systems Manager, and it does not answer. */
  | 'unreachable'
  /** Systems Manager does not know it. */
  | 'not-managed'
  /** Its ECS agent is not connected. */
  | 'disconnected'
  | 'draining'
  | 'bottlerocket'
  | 'windows'
  /** ECS Managed Instances: AWS alone changes them. */
  | 'managed-by-aws'
  /** Its role may not read the secret. */
  | 'role-missing'
  | 'not-writable'
  /** No Python, or no way to restart the agent. */
  | 'tools-missing'
  /** The login stands where it is reported and not rewritten: a JSON file or user data. */
  | 'not-in-file'
  | 'unknown';

/** What the agent of a host holds, as it would use it. */
export interface HeldLogins {
  /** Whether its login for this registry is the one asked about, by digest on the host. */
  readonly isSame: boolean;
  /** Value of ECS_ENGINE_AUTH_TYPE; empty where there is none. */
  readonly type: string;
  readonly registries: readonly string[];
  /** What the agent passes over without saying so: names of docs/agent-logins.md, and the registry's key concerned. */
  readonly problems: readonly { readonly name: string; readonly key?: string }[];
}

/** A host as it was seen. */
export interface InstanceSight {
  /** ARN of the container instance. */
  readonly id: string;
  /** What people call it: the EC2 instance id. */
  readonly name: string;
  readonly zone?: string;
  /** Tasks that run there. */
  readonly tasks: number;
  /** Such as `al2023`, `al2`, `bottlerocket`. */
  readonly family: string;
  /** Absent where it is ready. */
  readonly notReady?: NotReady;
  /** Where its role misses the right to read the secret: the role's name and the secret's ARN. */
  readonly misses?: { readonly role: string; readonly secret: string };
  /** Absent where it was not asked. */
  readonly holds?: HeldLogins;
}

/** What came of changing one host. `already`: it held this login, and its agent was not restarted. */
export type InstanceResult =
  | { readonly id: string; readonly is: 'applied' | 'already' | 'under-way' }
  /** Nobody was there to do it: nothing was changed. */
  | { readonly id: string; readonly is: 'undelivered' }
  | { readonly id: string; readonly is: Mishap; readonly why: string };

/**
 * `refused`: something was in the way, and nothing was changed. `restored`: its agent did not come back with the login,
 * and is back with its file of before. `failed`: that was not possible, or nothing is known. Why is a word of the host's.
 */
export type Mishap = 'refused' | 'restored' | 'failed';

/** What the plan says of a host. Waves follow one another; wave 0 is the first host alone. */
export type InstancePlan =
  | { readonly action: 'change'; readonly wave: number }
  | { readonly action: 'leave'; readonly because: NotReady | 'by-hand' };

/** How far a host has come. `back`: on the way back to the login of before. */
export type InstanceProgress =
  | { readonly is: 'not-started' }
  /** Written before anything is sent: by `token` a command of ours is found again. */
  | {
      readonly is: 'under-way';
      readonly token: string;
      readonly versionId: string;
      readonly since: number;
      readonly back?: true;
    }
  /** Its agent uses the new login. */
  | { readonly is: 'changed' }
  /** Its agent uses the login of before again. */
  | { readonly is: 'back' }
  | { readonly is: 'undelivered'; readonly back?: true }
  | { readonly is: Mishap; readonly why: string; readonly back?: true }
  /** It has left the cluster. */
  | { readonly is: 'gone' };

/** One table item a host. */
export interface InstanceRecord {
  readonly credentialId: string;
  readonly instance: InstanceSight;
  readonly planned: InstancePlan;
  readonly progress: InstanceProgress;
}
