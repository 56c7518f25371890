import { can } from '../../rotation/rules/policy.ts';
import { approve } from '../../rotation/rules/transitions.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { onDeed } from './click.ts';

/** Approve: counts for the plan that was shown, which the button carries. */
export const onApprove = (deps: SlackDependencies) =>
  onDeed(deps, ({ fingerprint = '' }) => ({
    what: 'approved',
    may: can.approve,
    apply: (rotation, click) => approve(rotation, { ...click, fingerprint }),
  }));
