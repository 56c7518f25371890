import type { CredentialRef, RotatedCredential } from '../rules/credential.ts';
import type { InstanceResult, InstanceSight } from '../rules/instance.ts';

/**
 * The hosts of credentials of kind `agent`. No value ever passes: a host gets the id of a version and fetches it with its
 * own role. Every method throws `RotateError('aws-denied' | 'aws-failed')` with the AWS error as cause.
 */
export interface Fleet {
  /** Every container instance of the credential's cluster, as ECS and Systems Manager list them. Nothing is sent to any. */
  look(credential: CredentialRef): Promise<readonly InstanceSight[]>;
  /**
   * Asks every instance, or the given ones, whether it could be given this version: tools, file, agent, its role's right
   * to read it. Changes nothing. `holds` tells what its agent holds, compared with this version. What has not answered
   * until `until` (ms) is unreachable.
   */
  dryRun(
    credential: RotatedCredential,
    versionId: string,
    options?: { readonly instances?: readonly InstanceSight[]; readonly until?: number },
  ): Promise<readonly InstanceSight[]>;
  /**
   * Gives the version to the instances by one command, and waits for what becomes of it until `until` (ms) at most. The
   * command is looked up by `token` (40 signs at most) before it is sent: a token that was sent is never sent again, and
   * what became of the given instances is answered, also where the command was for more of them.
   */
  apply(
    credential: RotatedCredential,
    versionId: string,
    instances: readonly InstanceSight[],
    options: { readonly token: string; readonly until: number },
  ): Promise<readonly InstanceResult[]>;
}
