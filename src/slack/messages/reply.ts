import type { KnownBlock } from '@slack/types';
import type { ReplyKind, RotationView } from '../../rotation/ports.ts';
import type { Texts } from '../../text/catalogue.ts';
import { slackDate } from '../../text/escape.ts';
import { actions, context, section } from '../blocks.ts';
import { quote } from '../mrkdwn.ts';
import type { PeopleConfig } from '../settings.ts';
import { countRestarts } from './asking.ts';
import { againButtons, endingOf } from './closed.ts';
import { renderFailure } from './failure.ts';
import { type Message, message, type Scene } from './frame.ts';
import { mention, mentionConcerned, mentionMembers } from './mention.ts';
import { pausedButtons, pausedText } from './paused.ts';
import { renderReminder } from './reminder.ts';
import { reviewBlocks } from './review.ts';
import { standing } from './standing.ts';

/** A new reply in the thread. Edits notify nobody, so whatever needs a person is told by one of these. Pure. */
export function renderReply(
  view: RotationView,
  kind: ReplyKind,
  texts: Texts,
  people: PeopleConfig,
): Message {
  const scene: Scene = { view, texts, people };
  switch (kind) {
    case 'failure':
      return renderFailure(scene);
    case 'paused':
      return renderPause(scene);
    case 'reminder':
      return renderReminder(scene);
    case 'went-back':
      return renderWentBack(scene);
    case 'ended':
      return renderEnded(scene);
    case 'asked-again':
      return renderAskedAgain(scene);
    case 'emergency':
      return renderEmergency(scene);
    default:
      return unknownKind(kind);
  }
}

function renderPause(scene: Scene): Message {
  const { texts, view } = scene;
  const { state } = view.rotation;
  const lead = texts.failure.other(
    mentionConcerned(view.rotation),
    `${texts.states.paused} ${standing(view.consumers, texts)}`,
  );
  if (state.phase !== 'paused') return reply(scene, lead);
  return reply(scene, lead, section(pausedText(scene, state)), actions(pausedButtons(scene, state)));
}

function renderWentBack(scene: Scene): Message {
  const { texts, view } = scene;
  const restarted = view.consumers.filter(
    ({ progress }) => progress.is === 'restarting' || progress.is === 'steady',
  );
  const lead = texts.failure.wentBack(mentionConcerned(view.rotation), view.rotation.registry);
  const stands = standing(view.consumers, texts);
  const leaked = view.rotation.ask.why === 'leaked';
  return reply(
    scene,
    `${lead} ${stands}`.trim(),
    section(
      [texts.failure.touched(restarted.length), leaked ? '' : texts.failure.again].filter(Boolean).join(' '),
    ),
    actions(againButtons(scene)),
  );
}

function renderEnded(scene: Scene): Message {
  const { state } = scene.view.rotation;
  const who = mentionConcerned(scene.view.rotation);
  const sentence = state.phase === 'closed' ? endingOf(scene, state) : '';
  return reply(scene, scene.texts.failure.ended(who, sentence).trim());
}

/** Calls the approvers: the first time, and where more would restart than was approved. */
function renderAskedAgain(scene: Scene): Message {
  const { texts, view, people } = scene;
  const { rotation } = view;
  const { state } = rotation;
  const who = mentionMembers(people.approvers);
  const again = state.phase === 'waiting' && state.round > 1;
  const lead = again
    ? texts.failure.askedAgain(who, rotation.registry)
    : texts.failure.pleaseApprove(who, rotation.registry, countRestarts(scene));
  const until = state.phase === 'waiting' ? texts.failure.until(slackDate(state.expiresAt, 'time')) : '';
  return reply(scene, `${lead} ${until}`.trim());
}

function renderEmergency(scene: Scene): Message {
  const { texts, view, people } = scene;
  const { rotation } = view;
  const start = rotation.approvals.find(({ emergency }) => emergency !== undefined);
  if (!start)
    return reply(scene, texts.failure.emergencyOffered(mentionMembers(people.emergency), rotation.registry));
  const who = mentionMembers(people.approvers);
  const lead = texts.failure.emergency(who, mention(start.by), rotation.registry);
  const reason = `*${texts.failure.reason}* ${quote(start.emergency ?? '', 500)}`;
  return reply(scene, lead, section(reason), ...reviewBlocks(scene).slice(1));
}

function reply(scene: Scene, lead: string, ...blocks: (KnownBlock | undefined)[]): Message {
  return message(lead.replaceAll('*', ''), [section(lead), ...blocks, context(scene.view.rotation.id)]);
}

function unknownKind(kind: never): never {
  throw new TypeError(`unknown reply ${JSON.stringify(kind)}`);
}
