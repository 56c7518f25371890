import type { Rotation, RotationKey } from '../rules/rotation.ts';
import { storyOf, type Verb } from '../rules/story.ts';
import type { StoryDeps } from '../story-deps.ts';

/**
 * Applies a rule to the record by conditional write. Answers the record as it now is: the new one, the one found where
 * the rule left it unchanged, or the ended one where the rotation is no longer open.
 */
export async function advance(
  deps: Pick<StoryDeps, 'ledger'>,
  key: RotationKey,
  rule: (rotation: Rotation) => Rotation,
): Promise<Rotation | undefined> {
  const answer = await deps.ledger.change<Rotation>(key, (rotation) => {
    const changed = rule(rotation);
    return changed === rotation ? { refused: rotation } : { rotation: changed };
  });
  if (!('refused' in answer)) return answer.rotation;
  return answer.refused === 'not-open' ? answer.rotation : answer.refused;
}

/** What the story says of this record now. */
export function next(deps: Pick<StoryDeps, 'clock'>, rotation: Rotation | undefined): Verb {
  return storyOf(rotation, deps.clock.now());
}
