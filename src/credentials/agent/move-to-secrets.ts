/**
 * What moving a cluster's login from its instances to Secrets Manager takes, as a report: the bot registers no task
 * definition and writes no policy. Where a container names a secret, ECS passes over the agent's login for it.
 */
import { hostOf, isEcrHost } from './keys.ts';
import { hostOfImage, lookUpKey } from './look-up-key.ts';
import {
  grantFor,
  type IamStatement,
  linesForContainer,
  makeSecret,
  type SecretToMake,
} from './move-texts.ts';

export interface MoveRequest {
  /** The key of the login as `readEngineAuth` gives it. */
  readonly key: string;
  /** All keys of the instances, `registries` and `withoutLogin`: a longer one may win. */
  readonly keys: readonly string[];
  readonly secret: SecretPlace;
  /** Task definitions that run on the cluster's instances. */
  readonly definitions: readonly MovableDefinition[];
}

export interface SecretPlace {
  readonly account: string;
  readonly region: string;
  /** `aws` where none is given. */
  readonly partition?: string;
  readonly name: string;
  /** Where the secret exists. Without it task definitions name the secret, which ECS takes within one account. */
  readonly arn?: string;
  /** A key of the customer's own; the role needs it too. */
  readonly kmsKeyArn?: string;
}

export interface MovableDefinition {
  readonly arn: string;
  readonly family: string;
  readonly executionRoleArn?: string;
  readonly containers: readonly MovableContainer[];
}

export interface MovableContainer {
  readonly name: string;
  readonly image: string;
  /** `credentialsParameter`, where it has one. */
  readonly ownSecret?: string;
}

export type NotMoved = 'has-its-own' | 'ecr' | 'other-login' | 'undecided';

export interface MoveReport {
  readonly secret: SecretToMake;
  readonly definitions: readonly MovedDefinition[];
  /** Containers that keep what they have, and why. */
  readonly left: readonly {
    readonly family: string;
    readonly container: string;
    readonly because: NotMoved;
  }[];
  /** Execution roles that need the permission, each once. */
  readonly roles: readonly string[];
  readonly statements: readonly IamStatement[];
  /** Families that need an execution role first. */
  readonly withoutRole: readonly string[];
}

export interface MovedDefinition {
  readonly arn: string;
  readonly family: string;
  readonly containers: readonly {
    readonly name: string;
    readonly image: string;
    /** The member to add to the container's object in the task definition. */
    readonly json: string;
    /** The same for `jsonencode` in Terraform, with the secret of `secret.terraform`. */
    readonly terraform: string;
  }[];
}

/** Works out the report; throws nothing. Once it is done, "only prove" shows that the services pull with the secret. */
export function planMove({ key, keys, secret, definitions }: MoveRequest): MoveReport {
  const sorted = definitions.map((definition) => ({
    definition,
    containers: definition.containers.map((container) => ({
      container,
      because: whyNot(container, key, keys),
    })),
  }));
  const moving = sorted.flatMap(({ definition, containers }) => {
    const moved = containers.filter(({ because }) => because === undefined);
    return moved.length > 0 ? [{ definition, containers: moved.map(({ container }) => container) }] : [];
  });
  const roles = moving.flatMap(({ definition }) => definition.executionRoleArn ?? []);
  return {
    secret: makeSecret(secret),
    definitions: moving.map(({ definition, containers }) => ({
      arn: definition.arn,
      family: definition.family,
      containers: containers.map(({ name, image }) => ({ name, image, ...linesForContainer(secret) })),
    })),
    left: sorted.flatMap(({ definition: { family }, containers }) =>
      containers.flatMap(({ container, because }) =>
        because ? [{ family, container: container.name, because }] : [],
      ),
    ),
    roles: [...new Set(roles)],
    statements: grantFor(secret),
    withoutRole: moving.flatMap(({ definition }) => (definition.executionRoleArn ? [] : [definition.family])),
  };
}

/** Undefined for a container that is pulled with this login. */
function whyNot(
  { image, ownSecret }: MovableContainer,
  key: string,
  keys: readonly string[],
): NotMoved | undefined {
  if (ownSecret) return 'has-its-own';
  if (isEcrHost(hostOfImage(image))) return 'ecr';
  const found = lookUpKey(image, keys);
  if (found.is === 'any-of' && hostOf(key) === hostOfImage(image)) return 'undecided';
  return found.is === 'key' && found.key === key ? undefined : 'other-login';
}
