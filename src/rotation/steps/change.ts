import { beginRollout } from '../rules/advance.ts';
import type { RotatedCredential } from '../rules/credential.ts';
import { countWaves } from '../rules/fleet-plan.ts';
import { countGroups } from '../rules/plan.ts';
import type { Rotation, RotationKey } from '../rules/rotation.ts';
import { pause } from '../rules/standing-still.ts';
import type { Verb } from '../rules/story.ts';
import { close } from '../rules/transitions.ts';
import type { StoryDeps } from '../story-deps.ts';
import { advance, next } from './advance.ts';
import { audit } from './check.ts';
import { tell } from './tell.ts';
import { oldLoginWorks } from './way-back.ts';

/**
 * Makes the new login the one in use, credential by credential, each by compare-and-swap. What someone else changed is
 * not overwritten: where nothing of ours has moved yet the rotation ends, else it stands still.
 */
export async function change(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const before = await deps.ledger.read(key);
  if (before?.state.phase !== 'changing') return next(deps, before);
  const conflict = await moveAll(deps, before.credentials);
  const canGoBack = conflict ? await oldLoginWorks(deps, before) : false;
  const groups = countGroups(await deps.ledger.consumers(key));
  const waves = countWaves(await deps.ledger.instances(key));
  const settledAt = deps.clock.now() + deps.settings.settleMs;
  const rotation = await advance(deps, key, (current) =>
    conflict
      ? afterConflict(deps, current, { ...conflict, canGoBack })
      : beginRollout(current, { settledAt, groups, waves }),
  );
  await audit(deps, rotation, conflict ? 'changed-by-someone' : 'changed');
  await tell(deps, rotation, { final: true });
  return next(deps, rotation);
}

interface Conflict {
  readonly credential: RotatedCredential;
  /** How many of ours had moved before. */
  readonly moved: number;
}

/** Looks at all before it moves any: a list of which one was changed by someone is better left as it is. */
async function moveAll(
  deps: StoryDeps,
  credentials: readonly RotatedCredential[],
): Promise<Conflict | undefined> {
  const seen = await findConflict(deps, credentials);
  if (seen) return seen;
  let moved = 0;
  for (const credential of credentials) {
    const { baseVersionId, stagedVersionId } = credential;
    if (baseVersionId === stagedVersionId) continue;
    const answer = await deps.credentials.move(credential, baseVersionId, stagedVersionId);
    if (answer.result === 'changed-by-someone') return { credential, moved };
    moved += 1;
  }
  return undefined;
}

async function findConflict(
  deps: StoryDeps,
  credentials: readonly RotatedCredential[],
): Promise<Conflict | undefined> {
  let moved = 0;
  let changed: RotatedCredential | undefined;
  for (const credential of credentials) {
    const { baseVersionId, stagedVersionId } = credential;
    const { currentVersionId } = await deps.credentials.condition(credential);
    if (currentVersionId === stagedVersionId) moved += baseVersionId === stagedVersionId ? 0 : 1;
    else if (currentVersionId !== baseVersionId) changed ??= credential;
  }
  return changed && { credential: changed, moved };
}

function afterConflict(
  deps: StoryDeps,
  rotation: Rotation,
  conflict: Conflict & { readonly canGoBack: boolean },
): Rotation {
  const now = deps.clock.now();
  const { name } = conflict.credential;
  if (conflict.moved === 0)
    return close(rotation, { outcome: 'refused', because: 'changed-by-someone', note: name, at: now });
  const trouble = { cause: 'changed-by-someone', detail: name, at: now } as const;
  return pause(rotation, trouble, conflict.canGoBack, now);
}
