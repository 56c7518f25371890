import { createHash } from 'node:crypto';
import type { Credentials, Login } from './ports.ts';
import type { StoreRequest } from './requests.ts';
import type { RotatedCredential } from './rules/credential.ts';
import type { RotationKey } from './rules/rotation.ts';

type PlacingDeps = { readonly credentials: Credentials };

/**
 * Version ids of every credential: staged now, found under our label, or in use already. All at once, since a person
 * waits; none is left under way where one fails, for the function stands still after its answer.
 */
export async function placeAll(
  deps: PlacingDeps,
  key: RotationKey,
  request: StoreRequest,
  typed: Login | undefined,
): Promise<RotatedCredential[] | { missing: string }> {
  const placing = request.credentials.map(
    async (credential): Promise<RotatedCredential | { missing: string }> => {
      const versions = typed
        ? await deps.credentials.stage(credential, typed, tokenOf(key, credential.id))
        : await foundVersions(deps, credential, request.ask.entry);
      return versions ? { ...credential, ...versions } : { missing: credential.name };
    },
  );
  await Promise.allSettled(placing);
  const placed: RotatedCredential[] = [];
  for (const one of await Promise.all(placing)) {
    if ('missing' in one) return one;
    placed.push(one);
  }
  return placed;
}

async function foundVersions(
  deps: PlacingDeps,
  credential: StoreRequest['credentials'][number],
  entry: 'here' | 'stored' | 'in-use',
): Promise<{ baseVersionId: string; stagedVersionId: string } | undefined> {
  const { currentVersionId, pendingVersionId } = await deps.credentials.condition(credential);
  const stagedVersionId = entry === 'in-use' ? currentVersionId : pendingVersionId;
  return currentVersionId && stagedVersionId
    ? { baseVersionId: currentVersionId, stagedVersionId }
    : undefined;
}

/** What is about to be put, known before it is: where storing is cut off, its label can be found and taken off. */
export function intendedVersions(
  key: RotationKey,
  { ask }: StoreRequest,
  credentialId: string,
): { baseVersionId: string; stagedVersionId: string } {
  return { baseVersionId: '', stagedVersionId: ask.entry === 'here' ? tokenOf(key, credentialId) : '' };
}

/** The same rotation and secret always give the same token, which becomes the version's id. */
function tokenOf(key: RotationKey, credentialId: string): string {
  return createHash('sha256').update(`${key.registry} ${key.id} ${credentialId}`).digest('hex').slice(0, 40);
}
