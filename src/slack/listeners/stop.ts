import { can } from '../../rotation/rules/policy.ts';
import { stop } from '../../rotation/rules/transitions.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { onDeed } from './click.ts';

/** Stop: the call under way ends, and then a person decides. */
export const onStop = (deps: SlackDependencies) =>
  onDeed(deps, () => ({ what: 'stopped', may: can.steer, apply: stop }));
