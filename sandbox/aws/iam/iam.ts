import type { AwsService } from '../operation.ts';
import type { Authorize } from '../perform.ts';
import { createAuthorize } from './authorize.ts';
import { createPermissions, type PermissionRule, type Permissions } from './permissions.ts';
import { simulatePrincipalPolicy } from './simulate.ts';

export interface IamOptions {
  /** Access key id to role ARN, for the calls that come over HTTP. */
  readonly callers?: Readonly<Record<string, string>>;
  /** The ARN a secret's name or ARN stands for, such as `secrets.arnOf`. */
  readonly secretArn?: (secretId: string) => string | undefined;
}

/** IAM of the stand-in: one table of permissions, and whoever asks it. */
export interface Iam {
  /** SimulatePrincipalPolicy, over the AWS query protocol. */
  readonly service: AwsService;
  /** For startAwsServer. */
  readonly authorize: Authorize;
  /** For createSecrets, so that tasks' reads go by the same table. */
  readonly permissions: Permissions;
  /** Shorthand for the usual knob: this role may not do this. */
  deny(role: string, action: string, resource?: string): void;
  /** A role that is gone: simulating it answers NoSuchEntity. */
  removeRole(arn: string): void;
}

/** Everything is allowed until a rule says otherwise. */
export function createIam({ callers = {}, secretArn }: IamOptions = {}): Iam {
  const permissions = createPermissions();
  const removed = new Set<string>();
  const hasRole = (arn: string) => !removed.has(arn);
  return {
    service: {
      target: 'iam',
      operations: {
        SimulatePrincipalPolicy: (input) => simulatePrincipalPolicy({ permissions, hasRole }, input),
      },
    },
    authorize: createAuthorize({ permissions, callers, ...(secretArn && { secretArn }) }),
    permissions,
    deny: (role, action, resource = '*') => permissions.add(denial(role, action, resource)),
    removeRole: (arn) => void removed.add(arn),
  };
}

const denial = (role: string, action: string, resource: string): PermissionRule => ({
  role,
  action,
  resource,
  decision: 'implicitDeny',
});
