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
  const secrets = new Set(rotation.credentials.filter(({ kind }) => kind === 'secret').map(({ id }) => id));
  const pairs = new Map(
    consumers
      .flatMap((consumer) => pairsOf(consumer, secrets))
      .map((pair) => [`${pair.role} ${pair.secret}`, pair]),
  );
  if (secrets.size === 0) return [];
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

/** Images that a host's own login pulls concern no execution role. */
function pairsOf({ executionRoleArn, images, target, name }: Consumer, secrets: ReadonlySet<string>): Pair[] {
  if (!executionRoleArn) return [];
  const named = images.filter(({ credentialId }) => secrets.has(credentialId));
  return named.map(({ credentialId }) => ({
    role: executionRoleArn,
    secret: credentialId,
    target,
    service: name,
  }));
}
