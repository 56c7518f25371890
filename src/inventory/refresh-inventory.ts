import type { Clock, Credentials, Estate, Ledger, Login, Registry } from '../rotation/ports.ts';
import type { CredentialRef } from '../rotation/rules/credential.ts';
import { buildInventory } from './build-inventory.ts';
import { credentialsIn } from './credentials-in.ts';

export interface RefreshDeps {
  readonly estate: Estate;
  readonly credentials: Credentials;
  readonly registry: Registry;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly targets: readonly { readonly id: string; readonly region: string; readonly account: string }[];
}

/** Scans every target and saves what forms, status and Home are made from. Answers counts; logins stay in here. */
export async function refreshInventory(
  deps: RefreshDeps,
): Promise<{ credentials: number; consumers: number }> {
  const consumers = await deps.estate.scan();
  const seen = [];
  for (const credential of credentialsIn(consumers, deps.targets)) {
    const login = await loginInUse(deps, credential);
    seen.push({ ...credential, ...(login ? { login } : {}) });
  }
  const registryOf = (image: string) => deps.registry.hostOf(image);
  const inventory = buildInventory({ at: deps.clock.now(), consumers, credentials: seen, registryOf });
  await deps.ledger.saveInventory(inventory);
  return { credentials: inventory.credentials.length, consumers: consumers.length };
}

/** A secret that cannot be read, or holds no login, is shown without a user name: that is told, not hidden. */
async function loginInUse(deps: RefreshDeps, credential: CredentialRef): Promise<Login | undefined> {
  try {
    const { currentVersionId } = await deps.credentials.condition(credential);
    return currentVersionId ? await deps.credentials.readLogin(credential, currentVersionId) : undefined;
  } catch {
    return undefined;
  }
}
