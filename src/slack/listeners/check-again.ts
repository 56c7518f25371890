import { can } from '../../rotation/rules/policy.ts';
import { checkAgain } from '../../rotation/rules/transitions.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { onDeed } from './click.ts';

/** Check Again: nothing is typed again. */
export const onCheckAgain = (deps: SlackDependencies) =>
  onDeed(deps, () => ({ what: 'checked-again', may: can.steer, apply: checkAgain }));
