import type { Finding } from '../rules/checks.ts';
import type { Consumer } from '../rules/consumer.ts';
import type { Rotation } from '../rules/rotation.ts';
import type { CheckingDeps } from './deps.ts';

/** Whether every execution role may read the secrets its consumers name; each pair is asked once. */
export async function findInRoles(
  deps: CheckingDeps,
  rotation: Rotation,
  consumers: readonly Consumer[],
): Promise<Finding[]> {
  if (!rotation.credentials.some(({ kind }) => kind === 'secret')) return [];
  const pairs = new Map(consumers.flatMap(pairsOf).map((pair) => [`${pair.role} ${pair.secret}`, pair]));
  const findings: Finding[] = [];
  for (const { role, secret, target, service } of pairs.values()) {
    const may = await deps.estate.roleMayRead(target, role, secret);
    const facts = { role: role.split('/').at(-1) ?? role, service };
    if (may === undefined) findings.push({ check: 'role-undecided', facts });
    if (may === false) findings.push({ check: 'role-cannot-read', facts });
  }
  return findings.length === 0 ? [{ check: 'roles-can-read', facts: {} }] : findings;
}

interface Pair {
  readonly role: string;
  readonly secret: string;
  readonly target: string;
  readonly service: string;
}

function pairsOf({ executionRoleArn, images, target, name }: Consumer): Pair[] {
  if (!executionRoleArn) return [];
  return images.map(({ credentialId }) => ({
    role: executionRoleArn,
    secret: credentialId,
    target,
    service: name,
  }));
}
