import type { Consumer } from '../rotation/rules/consumer.ts';
import type { CredentialRef } from '../rotation/rules/credential.ts';

/** A credential that consumers name, and what people call it. */
export interface NamedCredential extends CredentialRef {
  readonly name: string;
}

/** An account and region that is looked after. */
interface Home {
  readonly id: string;
  readonly region: string;
  readonly account: string;
}

/**
 * The credentials that these consumers name, each once, in the order of their names. Pure. A secret of an account or
 * region that no target stands for, or one that does not exist (its text is then no full ARN), cannot be changed from
 * here and is not among them; the consumers still name it.
 */
export function credentialsIn(consumers: readonly Consumer[], targets: readonly Home[]): NamedCredential[] {
  const ids = new Set(consumers.flatMap(({ images }) => images.map(({ credentialId }) => credentialId)));
  const found = [...ids].map((id) => secretOf(id, targets)).filter((one) => one !== undefined);
  return found.toSorted((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id));
}

function secretOf(id: string, targets: readonly Home[]): NamedCredential | undefined {
  const [, region, account, name] =
    /^arn:[^:]+:secretsmanager:([^:]+):(\d+):secret:(.+)-[A-Za-z0-9]{6}$/.exec(id) ?? [];
  const target = targets.find((home) => home.region === region && home.account === account);
  return target && name ? { kind: 'secret', target: target.id, id, name } : undefined;
}
