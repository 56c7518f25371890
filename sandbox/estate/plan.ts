/** What an estate consists of, before it is planted in the stand-ins. */

export interface EstatePlan {
  readonly registries: readonly RegistryPlan[];
  readonly targets: readonly TargetPlan[];
  /** Images whose tag points to a newer build once everything runs. */
  readonly movedTags?: readonly string[];
}

export interface RegistryPlan {
  /** As images name it; `docker.io` for the Hub. */
  readonly host: string;
  readonly auth: 'basic' | 'bearer';
  readonly manner?: 'distribution' | 'ghcr';
  readonly logins: readonly LoginPlan[];
  /** Repositories that nobody needs a login for. */
  readonly open?: readonly string[];
}

export interface LoginPlan {
  /** Tells tokens of one user apart, such as `acme-pull (old token)`. */
  readonly id: string;
  readonly name: string;
  readonly password: string;
  readonly rights: readonly string[];
}

export interface TargetPlan {
  readonly id: string;
  readonly region: string;
  readonly stage: 'production' | 'staging';
  readonly clusters: readonly ClusterPlan[];
  readonly secrets: readonly SecretPlan[];
  readonly services: readonly ServicePlan[];
  /** Task definitions that start by schedule. */
  readonly scheduled?: readonly Pick<ServicePlan, 'name' | 'containers'>[];
}

export interface ClusterPlan {
  readonly name: string;
  /** Container instances; none on a Fargate cluster. */
  readonly instances?: number;
}

export interface SecretPlan {
  readonly name: string;
  /** The id of the login it holds. */
  readonly login: string;
  /** Further keys of the JSON, which a rotation must keep. */
  readonly extra?: Readonly<Record<string, string>>;
}

export interface ServicePlan {
  readonly name: string;
  readonly cluster: string;
  readonly desired: number;
  readonly containers: readonly ContainerPlan[];
  readonly daemon?: boolean;
  readonly controller?: 'CODE_DEPLOY';
  /** Circuit breaker with rollback. */
  readonly breaker?: boolean;
  readonly minimumHealthyPercent?: number;
  readonly maximumPercent?: number;
}

export interface ContainerPlan {
  readonly name: string;
  /** With its host; `@running` at the end pins it to the digest the tag has when planted. */
  readonly image: string;
  /** Name of the secret; a public image has none. */
  readonly secret?: string;
}
