import type { RotationState } from '../../rotation/rules/rotation.ts';
import { slackDate } from '../../text/escape.ts';
import { actions, context, section } from '../blocks.ts';
import { nextSteps } from './checks.ts';
import { type Message, message, type Scene } from './frame.ts';
import { mentionConcerned, mentionMembers } from './mention.ts';
import { pausedButtons, pauseSentences } from './paused.ts';
import { standing } from './standing.ts';

/** A reminder that someone must act: approvers where approval waits, else those concerned. */
export function renderReminder(scene: Scene): Message {
  const { state } = scene.view.rotation;
  const buttons = state.phase === 'paused' && !state.choice ? pausedButtons(scene, state) : [];
  const lead = [leadOf(scene, state), standing(scene.view.consumers, scene.texts)].filter(Boolean).join(' ');
  const next = state.phase === 'cannot-start' ? nextSteps(scene) : pauseSentences(scene).next;
  return message(lead, [
    section(lead),
    next ? section(`*${scene.texts.failure.next}* ${next}`) : undefined,
    actions(buttons),
    context(scene.view.rotation.id),
  ]);
}

function leadOf({ view, texts, people }: Scene, state: RotationState): string {
  const { rotation, now } = view;
  const concerned = mentionConcerned(rotation);
  switch (state.phase) {
    case 'waiting':
      return `${texts.failure.reminder(mentionMembers(people.approvers), rotation.registry)} ${texts.failure.until(slackDate(state.expiresAt, 'time'))}`;
    case 'paused':
      return texts.failure.other(
        concerned,
        texts.paused.reminder(rotation.registry, texts.paused.duration(now - state.since)),
      );
    default:
      return texts.failure.reminderStopped(concerned, rotation.registry);
  }
}
