import type { ConsumerRecord } from '../../rotation/rules/consumer.ts';
import { isService } from '../../rotation/rules/plan.ts';
import { slackDate } from '../../text/escape.ts';
import { actions, context, labelled, section } from '../blocks.ts';
import { quote } from '../mrkdwn.ts';
import { causeOf } from './cause.ts';
import { againButtons } from './closed.ts';
import { failureTable } from './failure-table.ts';
import { type Message, message, type Scene } from './frame.ts';
import { mentionConcerned } from './mention.ts';
import { pausedButtons, pauseSentences, wayBack } from './paused.ts';
import { failing } from './service-lines.ts';
import { standing, tasksOf } from './standing.ts';

/** What failed, why, what was done and what to do; and what ECS said, as it came. */
export function renderFailure(scene: Scene): Message {
  const { texts, view } = scene;
  const { failure } = texts;
  const first = firstFailing(scene);
  const lead = `${leadOf(scene, first)} ${standing(view.consumers, texts)}`.trim();
  const why = whyOf(scene, first);
  return message(lead, [
    section(lead),
    labelled(failure.what, whatOf(scene, first)),
    why.cause ? labelled(failure.why, why.cause) : undefined,
    labelled(failure.done, doneOf(scene)),
    why.next ? labelled(failure.next, why.next) : undefined,
    failureTable(scene),
    actions(buttonsOf(scene)),
    context(view.rotation.id),
  ]);
}

/** The consumer the trouble was recorded for, else the worst one. */
function firstFailing({ view }: Scene): ConsumerRecord | undefined {
  const { trouble } = view.rotation;
  return (
    view.consumers.find(({ consumer }) => consumer.id === trouble?.consumerId) ?? failing(view.consumers)[0]
  );
}

function leadOf(scene: Scene, record: ConsumerRecord | undefined): string {
  const { failure } = scene.texts;
  const who = mentionConcerned(scene.view.rotation);
  const name = quote(record?.consumer.name ?? '', 80);
  switch (record?.verdict.is) {
    case 'denied':
      return failure.denied(who, name);
    case 'failed':
      return failure.failed(who, name);
    case 'stale':
      return failure.oldCopy(who, name);
    case 'crashed':
      return failure.crashed(who, name);
    default:
      return failure.other(who, pauseSentences(scene).cause);
  }
}

function whatOf(scene: Scene, record: ConsumerRecord | undefined): string {
  const { view, texts } = scene;
  const untouched = view.consumers.filter(isService).filter(({ progress, planned }) => {
    return progress.is === 'not-started' && planned.action === 'restart';
  });
  const others = untouched.filter(({ consumer }) => consumer.id !== record?.consumer.id);
  const own = record && isService(record) ? tasksOf(record) : undefined;
  return [
    record ? whatHappened(scene, record) : '',
    own ? texts.failure.tasksRun(own.running, own.desired) : '',
    texts.failure.notTouched(others.length),
  ]
    .filter(Boolean)
    .join(' ');
}

function whatHappened({ texts, view }: Scene, { consumer, verdict }: ConsumerRecord): string {
  const name = quote(consumer.name, 80);
  const at = slackDate(view.rotation.trouble?.at ?? view.now, 'time');
  switch (verdict.is) {
    case 'denied':
    case 'failed':
      return texts.failure.refusedAt(name, slackDate(verdict.trouble.at, 'time'));
    case 'stale':
      return texts.failure.couldNotPull(quote(verdict.trouble.host ?? '', 60));
    case 'crashed':
      return texts.failure.exited(
        at,
        verdict.exitCode === undefined ? '' : texts.paused.exitCode(String(verdict.exitCode)),
      );
    default:
      return '';
  }
}

function whyOf(scene: Scene, record: ConsumerRecord | undefined): { cause: string; next: string } {
  const { view, texts } = scene;
  const { trouble, registry, ask, credentials } = view.rotation;
  const pull = trouble?.pull ?? (record && 'trouble' in record.verdict ? record.verdict.trouble : undefined);
  if (!pull) return pauseSentences(scene);
  const names = {
    registry,
    userName: ask.userName,
    ...(credentials.length === 1 && credentials[0] ? { secret: credentials[0].name } : {}),
    ...(record ? { service: record.consumer.name } : {}),
  };
  const { cause, next } = causeOf(pull, texts, names);
  const tried =
    trouble?.ownAttempt && texts.failure.ownAttempts[trouble.ownAttempt](slackDate(trouble.at, 'time'));
  const again = mustBeEntered(pull.cause) ? '' : texts.failure.noNeed;
  return { cause: [cause, tried].filter(Boolean).join(' '), next: `${next} ${again}`.trim() };
}

/** A login that is refused whole helps nobody when it is tried again. */
function mustBeEntered(cause: string): boolean {
  return cause === 'credential_rejected' || cause === 'credential_refused';
}

function doneOf(scene: Scene): string {
  const { texts } = scene;
  const { rotation, now } = scene.view;
  const { state } = rotation;
  if (state.phase === 'going-back')
    return state.step === 'move'
      ? texts.failure.stoppedGoingBack
      : texts.failure.backInUse(slackDate(now, 'time'));
  if (state.phase === 'closed' && state.outcome === 'rolled-back')
    return texts.failure.backInUse(slackDate(Math.min(state.at, now), 'time'));
  const back = state.phase === 'paused' ? wayBack(scene, state) : '';
  return `${texts.failure.stillNew} ${back}`.trim();
}

function buttonsOf(scene: Scene) {
  const { state } = scene.view.rotation;
  return state.phase === 'paused' ? pausedButtons(scene, state) : againButtons(scene);
}
