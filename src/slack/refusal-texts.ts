import type { Refusal } from '../rotation/rules/policy.ts';
import type { Rotation } from '../rotation/rules/rotation.ts';
import type { ApprovalRefusal } from '../rotation/rules/transitions.ts';
import type { Texts } from '../text/catalogue.ts';
import { slackDate } from '../text/escape.ts';
import { mention, mentionMembers } from './messages/mention.ts';
import type { PeopleConfig } from './settings.ts';

/** Every way a transition says no. */
export type TransitionRefusal =
  | ApprovalRefusal
  | 'not-offered'
  | 'too-late'
  | 'not-rolling'
  | 'already-stopped'
  | 'not-paused'
  | 'already-chosen'
  | 'cannot-go-back'
  | 'nothing-to-review';

/** Why a person may not. */
export function sayPersonRefusal(texts: Texts, refusal: Refusal, people: PeopleConfig): string {
  return texts.refusals.person(refusal, { approvers: mentionMembers(people.approvers) });
}

/** Why it does not happen (any more), from how the rotation stands. */
export function sayTransitionRefusal(
  texts: Texts,
  refusal: TransitionRefusal | 'not-open',
  rotation: Rotation,
): string {
  const { refusals } = texts;
  switch (refusal) {
    case 'not-waiting':
    case 'not-open':
      return sayOver(texts, rotation);
    case 'expired':
      return refusals.expired;
    case 'other-plan':
      return refusals.otherPlan;
    case 'already-counted':
      return refusals.alreadyCounted;
    case 'not-offered':
      return refusals.notOffered;
    case 'too-late':
      return refusals.tooLate;
    case 'not-rolling':
      return refusals.notRolling;
    case 'already-stopped':
      return refusals.alreadyStopped;
    case 'not-paused':
      return rotation.state.phase === 'going-back' ? refusals.goingBackFirst : refusals.notPaused;
    case 'already-chosen':
      return sayChosen(texts, rotation);
    case 'cannot-go-back':
      return refusals.cannotGoBack;
    case 'nothing-to-review':
      return refusals.nothingToReview;
    default:
      return unknownRefusal(refusal);
  }
}

function sayOver({ refusals }: Texts, { state, approvals }: Rotation): string {
  if (state.phase === 'closed' && state.outcome === 'expired') return refusals.expired;
  const last = approvals.at(-1);
  if (last) return refusals.approvedBy(mention(last.by), slackDate(last.at, 'time'));
  return state.phase === 'closed' ? refusals.over : refusals.notWaiting;
}

function sayChosen({ refusals, paused }: Texts, { state }: Rotation): string {
  const choice = state.phase === 'paused' ? state.choice : undefined;
  return choice
    ? refusals.alreadyChosen(mention(choice.by), paused.choices[choice.does])
    : refusals.notPaused;
}

function unknownRefusal(refusal: never): never {
  throw new TypeError(`unknown refusal ${JSON.stringify(refusal)}`);
}
