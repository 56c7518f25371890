import type { Finding } from '../rules/checks.ts';
import type { CredentialCondition, RotatedCredential } from '../rules/credential.ts';
import type { Rotation } from '../rules/rotation.ts';
import type { CheckingDeps } from './deps.ts';

/** What stands against changing the secrets themselves. */
export async function findInCredentials(deps: CheckingDeps, rotation: Rotation): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const credential of rotation.credentials) {
    findings.push(...findingsOf(credential, await deps.credentials.condition(credential)));
  }
  return findings;
}

function findingsOf(credential: RotatedCredential, condition: CredentialCondition): Finding[] {
  const { name } = credential;
  const isOurs = [credential.baseVersionId, credential.stagedVersionId].includes(
    condition.currentVersionId ?? '',
  );
  const found: (Finding | false)[] = [
    !isOurs && { check: 'changed-by-someone', facts: { name } },
    condition.owningService !== undefined && {
      check: 'owned-by-service',
      facts: { name, owner: condition.owningService },
    },
    condition.isReplica && { check: 'replica', facts: { name } },
    condition.pendingDeletion && { check: 'pending-deletion', facts: { name } },
    condition.rotationEnabled && { check: 'rotation-on', facts: { name } },
  ];
  return found.filter((finding) => finding !== false);
}
