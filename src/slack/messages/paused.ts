import type { Button } from '@slack/types';
import type { PauseCause, PausedChoice, Trouble } from '../../rotation/rules/rotation.ts';
import { confirm } from '../blocks.ts';
import { quote } from '../mrkdwn.ts';
import { causeOf } from './cause.ts';
import { rotationButton, type Scene } from './frame.ts';
import { mention } from './mention.ts';
import type { StateOf } from './state-of.ts';

/** Why it stands still and what to do, whether going back works. */
export function pausedText(scene: Scene, state: StateOf<'paused'>): string {
  const { texts } = scene;
  const { cause, next } = pauseSentences(scene);
  const back = wayBack(scene, state);
  return [cause, next && `*${texts.failure.next}* ${next}`, back, texts.paused.standsStill]
    .filter(Boolean)
    .join('\n');
}

/** Whether going back works, and what not to do until this is mended. */
export function wayBack({ view: { rotation }, texts: { paused } }: Scene, state: StateOf<'paused'>): string {
  if (state.canGoBack) return paused.canGoBack;
  const until = rotation.trouble?.cause === 'login' ? ` ${paused.untilMended}` : '';
  if (rotation.ask.entry === 'in-use') return paused.nothingBefore + until;
  return (rotation.ask.why === 'leaked' ? paused.leaked : paused.cannotGoBack(rotation.registry)) + until;
}

/** The cause of a pause and the next step; empty where nothing is recorded. */
export function pauseSentences(scene: Scene): { cause: string; next: string } {
  const { trouble } = scene.view.rotation;
  if (!trouble) return { cause: '', next: '' };
  const facts = factsOf(scene, trouble);
  return {
    cause: scene.texts.paused.cause(trouble.cause, facts),
    next: scene.texts.paused.next(trouble.cause, facts),
  };
}

/** What a paused rotation offers. Leave It Out is for one service or host whose trouble is not the login. */
export function pausedButtons(scene: Scene, state: StateOf<'paused'>): Button[] {
  const { paused } = scene.texts;
  const { trouble } = scene.view.rotation;
  const isOne = trouble?.consumerId !== undefined || trouble?.instance !== undefined;
  const leaveOut = isOne && notTheLogin.has(trouble.cause);
  return [
    choiceButton(scene, 'try-again'),
    rotationButton(scene, 'enter-another', paused.enterAnother),
    ...(state.canGoBack ? [goBackButton(scene)] : []),
    ...(leaveOut ? [choiceButton(scene, 'leave-out')] : []),
    leaveButton(scene),
  ];
}

const notTheLogin: ReadonlySet<PauseCause> = new Set([
  'not-the-login',
  'limit',
  'rolled-back-by-ecs',
  'instance',
]);

function leaveButton(scene: Scene): Button {
  const { paused } = scene.texts;
  const dialog = { title: paused.leaveTitle, text: paused.leaveText, yes: paused.leaveYes, no: paused.no };
  return rotationButton(scene, 'leave', paused.choices.leave, { confirm: confirm(dialog) });
}

function goBackButton(scene: Scene): Button {
  const { paused } = scene.texts;
  const dialog = { title: paused.goBackTitle, text: paused.goBackText, yes: paused.goBackYes, no: paused.no };
  return rotationButton(scene, 'go-back', paused.choices['go-back'], { confirm: confirm(dialog) });
}

function choiceButton(scene: Scene, choice: PausedChoice): Button {
  return rotationButton(scene, choice, scene.texts.paused.choices[choice]);
}

function factsOf({ view, texts }: Scene, trouble: Trouble) {
  const service = view.consumers.find(({ consumer }) => consumer.id === trouble.consumerId)?.consumer.name;
  return {
    registry: view.rotation.registry,
    service: quote(service ?? '', 80),
    host: quote(trouble.instance?.name ?? '', 60),
    ...(trouble.instance ? { hostIs: trouble.instance.is } : {}),
    // Of a Stop it is who pressed it.
    detail: trouble.cause === 'stopped' ? '' : quote(trouble.instance?.why ?? trouble.detail ?? '', 200),
    who: trouble.cause === 'stopped' && trouble.detail ? mention(trouble.detail) : '',
    pull: trouble.pull ? causeOf(trouble.pull, texts, { registry: view.rotation.registry }).cause : '',
    reference: quote(trouble.reference ?? '', 60),
  };
}
