import { createHash } from 'node:crypto';
import type { Inventory } from '../../rotation/ports.ts';
import type { CredentialRef, KnownCredential } from '../../rotation/rules/credential.ts';

/** One login to choose: the credentials that hold it today, and others of the same registry. */
export interface LoginChoice {
  /** Short and stable over scans: an ARN does not fit into the value of an option. */
  readonly key: string;
  readonly registry: string;
  readonly userName?: string;
  readonly services: number;
  readonly same: readonly KnownCredential[];
  readonly others: readonly KnownCredential[];
}

/** Logins of the inventory, the most used first. `filter` keeps those with the text in registry, user name or secret. */
export function loginsOf(inventory: Inventory, filter = ''): LoginChoice[] {
  const groups = new Map<string, KnownCredential[]>();
  for (const credential of inventory.credentials) {
    const group = groupOf(credential);
    groups.set(group, [...(groups.get(group) ?? []), credential]);
  }
  return [...groups.values()]
    .map((same) => choiceOf(same, inventory.credentials))
    .filter((choice) => choice.registry && matches(choice, filter.trim().toLowerCase()))
    .sort((a, b) => b.services - a.services || a.key.localeCompare(b.key));
}

/** A short name of a credential, for the value of an option. */
export function keyOf({ kind, target, id }: CredentialRef): string {
  return createHash('sha256').update(`${kind} ${target} ${id}`).digest('hex').slice(0, 12);
}

/** A rotation is of one registry host: the first of a credential that has several. */
export function registryOf(credential: KnownCredential): string {
  return credential.registries[0];
}

function groupOf(credential: KnownCredential): string {
  const login = credential.sameLogin === undefined ? keyOf(credential) : `same ${credential.sameLogin}`;
  return `${registryOf(credential)} ${login}`;
}

function choiceOf(same: readonly KnownCredential[], all: readonly KnownCredential[]): LoginChoice {
  const byUse = [...same].sort((a, b) => b.services - a.services || a.name.localeCompare(b.name));
  const registry = byUse[0] ? registryOf(byUse[0]) : '';
  const userName = byUse.find((credential) => credential.userName !== undefined)?.userName;
  return {
    key: keyOfAll(registry, same),
    registry,
    ...(userName === undefined ? {} : { userName }),
    services: same.reduce((sum, credential) => sum + credential.services, 0),
    same: byUse,
    others: all.filter((other) => registryOf(other) === registry && !same.includes(other)),
  };
}

function keyOfAll(registry: string, credentials: readonly KnownCredential[]): string {
  const keys = credentials.map(keyOf).sort().join(' ');
  return createHash('sha256').update(`${registry} ${keys}`).digest('hex').slice(0, 16);
}

function matches({ registry, userName = '', same }: LoginChoice, filter: string): boolean {
  const texts = [registry, userName, ...same.map(({ name }) => name)];
  return texts.some((text) => text.toLowerCase().includes(filter));
}
