import { can } from '../../rotation/rules/policy.ts';
import type { PausedChoice } from '../../rotation/rules/rotation.ts';
import { choose } from '../../rotation/rules/transitions.ts';
import type { Deed } from '../act.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { onDeed } from './click.ts';

/** Go Back, Leave As It Is, Leave It Out: the first choice counts. */
export const onPausedChoice = (deps: SlackDependencies, does: PausedChoice) =>
  onDeed(deps, () => choiceDeed(does));

/** The choice as a deed. */
export function choiceDeed(does: PausedChoice): Deed {
  return {
    what: `chose-${does}`,
    may: can.steer,
    apply: (rotation, click) => choose(rotation, { ...click, does }),
  };
}
