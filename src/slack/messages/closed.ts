import { isService } from '../../rotation/rules/plan.ts';
import type { Rotation } from '../../rotation/rules/rotation.ts';
import { actions, context, header, section } from '../blocks.ts';
import { quote } from '../mrkdwn.ts';
import { type Message, message, rotationButton, type Scene } from './frame.ts';
import { hostsLeft, hostsNotSeen } from './hosts.ts';
import { mention } from './mention.ts';
import { reviewBlocks } from './review.ts';
import { countPulled, serviceLines } from './service-lines.ts';
import { standing } from './standing.ts';
import type { StateOf } from './state-of.ts';

/** The end, whichever it is. A request that changed nothing shows no services. */
export function renderClosed(scene: Scene, state: StateOf<'closed'>): Message {
  const { texts, view } = scene;
  const ending = endingOf(scene, state);
  const lines = hasChanged(view.rotation) ? serviceLines(scene) : undefined;
  return message(texts.states.notices.about(view.rotation.registry, ending.replaceAll('*', '')), [
    header(texts.approval.title(view.rotation.registry)),
    section(state.outcome === 'rolled-back' ? join(ending, texts.states.reasonInThread) : ending),
    lines ? section(lines) : undefined,
    ...reviewBlocks(scene),
    state.outcome === 'rolled-back' ? actions(againButtons(scene)) : undefined,
    context(view.rotation.id),
  ]);
}

/** How it ended, whether anything is down, and whether the old login may be revoked. */
export function endingOf(scene: Scene, state: StateOf<'closed'>): string {
  const { view, texts } = scene;
  const stands = hasChanged(view.rotation) ? standing(view.consumers, texts) : texts.states.nothingChanged;
  switch (state.outcome) {
    case 'done':
      return join(doneOf(scene), hostsNotSeen(scene), stands);
    case 'finished':
      return join(
        finishedOf(scene, state),
        leftBy(scene, state),
        hostsLeft(scene, state.left, false),
        hostsNotSeen(scene),
        stands,
      );
    case 'rolled-back':
      return join(texts.states.wentBack, hostsLeft(scene, state.left, true), stands);
    case 'expired':
      return join(texts.states.expired, stands);
    case 'refused':
    case 'cancelled':
      return state.because === 'changed-by-someone'
        ? refusedOf(scene, state)
        : join(refusedOf(scene, state), stands);
    default:
      return unknownOutcome(state.outcome);
  }
}

/** Try Again stores nothing new: the value is still under our label, and it asks for approval once more. */
export function againButtons(scene: Scene) {
  return [
    rotationButton(scene, 'try-again', scene.texts.paused.choices['try-again']),
    rotationButton(scene, 'enter-another', scene.texts.paused.enterAnother),
  ];
}

/** Whether the login in use was ever changed by this rotation. One that found it changed by someone touched nothing. */
function hasChanged({ state, startedAt, settledAt }: Rotation): boolean {
  if (state.phase === 'closed' && state.outcome === 'refused') return false;
  return startedAt !== undefined || settledAt !== undefined;
}

function doneOf({ view, texts }: Scene): string {
  const pulled = countPulled(view.consumers);
  const isNew = view.rotation.ask.entry !== 'in-use';
  if (pulled === 0) return isNew ? texts.states.doneNoServices : texts.states.doneNothingToProve;
  return isNew ? texts.states.done(pulled) : texts.states.doneProved(pulled);
}

function finishedOf({ view, texts }: Scene, state: StateOf<'closed'>): string {
  const pulled = countPulled(view.consumers.filter(isService));
  const left = state.left.map(({ name }) => quote(name, 80));
  return left.length > 0 ? texts.states.finished(pulled, left) : texts.states.finishedEarly(pulled);
}

function leftBy({ texts }: Scene, state: StateOf<'closed'>): string {
  return state.because === 'left-as-it-is' && state.by ? texts.states.leftAsItIs(mention(state.by)) : '';
}

function refusedOf({ texts: { states }, view }: Scene, state: StateOf<'closed'>): string {
  const who = mention(state.by ?? view.rotation.ask.by);
  switch (state.because) {
    case 'denied':
      return sentence(states.denied(who, quote(state.note ?? '', 500)));
    case 'replaced':
      return states.replaced(who);
    case 'changed-by-someone':
      return states.changedBySomeone(quote(state.note ?? '', 200));
    case 'asked-too-often':
      return states.askedTooOften;
    case 'lost':
      return states.lost;
    case 'never-stored':
      return states.neverStored;
    default:
      return states.cancelled(who);
  }
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

function join(...sentences: string[]): string {
  return sentences.filter(Boolean).join(' ');
}

function unknownOutcome(outcome: never): never {
  throw new TypeError(`unknown outcome ${JSON.stringify(outcome)}`);
}
