import type { ImageAnswer } from '../ports.ts';
import { hasFleet } from '../rules/fleet.ts';
import { isRestarted } from '../rules/plan.ts';
import type { Rotation } from '../rules/rotation.ts';
import type { StoryDeps } from '../story-deps.ts';

type TryingDeps = Pick<StoryDeps, 'ledger' | 'checker'>;

/**
 * Whether going back can be offered: the old login was accepted a moment ago. Never for a leaked one, and never where
 * there is no other. `image`: the one in trouble; else a few are tried, for one may be gone from the registry.
 */
export async function oldLoginWorks(deps: TryingDeps, rotation: Rotation, image?: string): Promise<boolean> {
  if (rotation.ask.why === 'leaked' || rotation.ask.entry === 'in-use') return false;
  if (await isOnlyOnHosts(deps, rotation)) return false;
  for (const tried of image ? [image] : await someImages(deps, rotation)) {
    const answer = await tryOne(deps, rotation, 'base', tried);
    if (answer === 'readable') return true;
    // Refused once is refused for all; asking again could lock the account.
    if (answer === 'login-refused') return false;
  }
  return false;
}

/** The old login of some hosts stood there only, so there is nothing they could be given back. */
async function isOnlyOnHosts(deps: TryingDeps, rotation: Rotation): Promise<boolean> {
  if (!hasFleet(rotation)) return false;
  const report = await deps.ledger.report(rotation);
  return report?.findings.some(({ check }) => check === 'hosts-no-way-back') ?? false;
}

/** Tries one of the two logins on one image now. */
export async function tryOne(
  deps: TryingDeps,
  rotation: Rotation,
  which: 'base' | 'staged',
  image: string,
): Promise<ImageAnswer> {
  const answers = await deps.checker.attempt(rotation, which, [image]);
  return answers[0]?.answer ?? 'undecided';
}

/** Images of services that restart first. */
async function someImages(deps: TryingDeps, rotation: Rotation): Promise<string[]> {
  const records = await deps.ledger.consumers(rotation);
  const inOrder = [...records.filter(isRestarted), ...records];
  const images = inOrder.flatMap(({ consumer }) => consumer.images.map(({ image }) => image));
  return [...new Set(images)].slice(0, 3);
}
