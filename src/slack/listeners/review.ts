import { can } from '../../rotation/rules/policy.ts';
import { isOpen, review } from '../../rotation/rules/transitions.ts';
import { act, type Deed } from '../act.ts';
import type { SlackDependencies } from '../dependencies.ts';
import { onButton } from './click.ts';
import { actorOf } from './incoming.ts';

/** Mark as Reviewed: by an approver who did not start it. Mostly it has ended by then, and nothing else would show it. */
export const onReview = (deps: SlackDependencies) =>
  onButton(deps, async ({ body }, key) => {
    const acted = await act(deps, actorOf(body), key, reviewing);
    if ('refused' in acted) return acted.refused;
    if (!isOpen(acted.done)) await deps.executions.start(key, acted.done.generation);
    return undefined;
  });

const reviewing: Deed = { what: 'reviewed', afterEnd: true, may: can.review, apply: review };
