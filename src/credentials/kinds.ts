import { RotateError } from '../errors.ts';
import type { Credentials } from '../rotation/ports.ts';
import type { CredentialKind, CredentialRef } from '../rotation/rules/credential.ts';

/**
 * All kinds of places behind one interface. A kind that is not among them is `kind-unknown`: a record of a newer
 * version, perhaps.
 */
export function createCredentials(
  kinds: Readonly<Partial<Record<CredentialKind, Credentials>>>,
): Credentials {
  const of = ({ kind }: CredentialRef): Credentials => {
    const found = kinds[kind];
    if (!found) throw new RotateError('kind-unknown', { kind });
    return found;
  };
  return {
    condition: async (credential) => of(credential).condition(credential),
    stage: async (credential, login, token) => of(credential).stage(credential, login, token),
    readLogin: async (credential, versionId) => of(credential).readLogin(credential, versionId),
    move: async (credential, from, to) => of(credential).move(credential, from, to),
    removeLabels: async (credential, options) => of(credential).removeLabels(credential, options),
  };
}
