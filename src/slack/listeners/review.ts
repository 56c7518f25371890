import { can } from '../../rotation/rules/policy.ts';
import { review } from '../../rotation/rules/transitions.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { onDeed } from './click.ts';

/** Mark as Reviewed: by an approver who did not start it. */
export const onReview = (deps: SlackDependencies) =>
  onDeed(deps, () => ({ what: 'reviewed', may: can.review, apply: review }));
