import { can } from '../../rotation/rules/policy.ts';
import { cancel } from '../../rotation/rules/transitions.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { onDeed } from './click.ts';

/** Cancel Request: withdraws what nobody approved. */
export const onCancel = (deps: SlackDependencies) =>
  onDeed(deps, () => ({ what: 'cancelled', may: can.steer, apply: cancel }));
