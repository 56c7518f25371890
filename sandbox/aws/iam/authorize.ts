import { AwsFault, type WireObject } from '../operation.ts';
import type { Authorize } from '../perform.ts';
import type { Permissions } from './permissions.ts';

export interface AuthorizeOptions {
  readonly permissions: Permissions;
  /** Access key id to role ARN. An unknown key is a caller without a role. */
  readonly callers: Readonly<Record<string, string>>;
  /** The ARN a secret's name or ARN stands for; undefined where there is none. */
  readonly secretArn?: (secretId: string) => string | undefined;
}

/** IAM's say in each API call, by the role that belongs to the access key it was signed with. */
export function createAuthorize(options: AuthorizeOptions): Authorize {
  return ({ caller, service, operation, input }) => {
    const role = options.callers[caller];
    const action = `${service}:${operation}`;
    const resource = resourceOf(input, options);
    if (options.permissions.decide(role, action, resource) === 'allowed') return undefined;
    const who = role ?? 'anonymous';
    return new AwsFault(
      'AccessDeniedException',
      `User: ${who} is not authorized to perform: ${action} on resource: ${resource} ` +
        `because no identity-based policy allows the ${action} action`,
    );
  };
}

/** What a call is about, as far as rules are written for it: a secret, a service with its cluster, else `*`. */
function resourceOf(input: WireObject, { secretArn }: AuthorizeOptions): string {
  const { SecretId, service, cluster } = input;
  if (typeof SecretId === 'string') return secretArn?.(SecretId) ?? SecretId;
  if (typeof service === 'string') return service;
  return typeof cluster === 'string' ? cluster : '*';
}
