import type { RotationView } from '../../rotation/ports.ts';
import { isRestarted, isService } from '../../rotation/rules/plan.ts';
import { slackDate } from '../../text/escape.ts';
import { actions, confirm, context, header, labelled, section } from '../blocks.ts';
import { quote } from '../mrkdwn.ts';
import { checksSection, countDecisions, nextSteps } from './checks.ts';
import { type Message, message, rotationButton, type Scene } from './frame.ts';
import { hostsConsequence, hostsGet } from './hosts.ts';
import { mention, mentionMembers } from './mention.ts';
import { orderOf, otherStages } from './order.ts';
import { pauseSentences } from './paused.ts';
import { standing } from './standing.ts';
import type { StateOf } from './state-of.ts';

/** While the new login is stored and tried. */
export function renderChecking(scene: Scene): Message {
  const { texts, view } = scene;
  const { approval } = texts;
  const images = new Set(view.consumers.flatMap(({ consumer }) => consumer.images.map(({ image }) => image)));
  const doing = view.rotation.state.phase === 'staging' ? approval.storing : approval.checking(images.size);
  const title = approval.title(view.rotation.registry);
  return message(`${title}. ${doing}`, [
    header(title),
    section(`*${doing}*\n${askedLine(scene)}`),
    actions([cancelButton(scene)]),
    context(view.rotation.id),
  ]);
}

/** A check stopped: what to do about it, and no Approve. */
export function renderCannotStart(scene: Scene): Message {
  const { texts, view } = scene;
  const { approval } = texts;
  const { cause } = pauseSentences(scene);
  const steps = cause ? approval.lookUp : nextSteps(scene);
  return message(approval.stopped(view.rotation.registry), [
    header(approval.title(view.rotation.registry)),
    section(`${approval.cannotStart} · ${askedLine(scene)}`),
    cause ? section(cause) : undefined,
    checksSection(scene),
    steps ? labelled(approval.next, steps) : undefined,
    actions([
      rotationButton(scene, 'check-again', approval.buttons['check-again'], { style: 'primary' }),
      rotationButton(scene, 'enter-another', approval.buttons['enter-another']),
      cancelButton(scene),
    ]),
    context(approval.nothingChanged(view.rotation.id)),
  ]);
}

/** The question to the approvers. */
export function renderWaiting(scene: Scene, state: StateOf<'waiting'>): Message {
  const { texts, view, people } = scene;
  const { approval } = texts;
  const until = slackDate(state.expiresAt, 'time');
  const order = orderOf(view.consumers, texts);
  const given = view.rotation.approvals.map(({ by }) => mention(by)).join(', ');
  const soFar = given && `\n${approval.oneMore(view.rotation.approvals.length, state.needed, given)}`;
  const lead = approval.waitingFor(mentionMembers(people.approvers), until);
  return message(noticeOf(scene), [
    header(approval.title(view.rotation.registry)),
    section(`${lead} · ${askedLine(scene)}${soFar}`),
    labelled(approval.what, whatOf(scene)),
    order ? labelled(approval.order, order) : undefined,
    checksSection(scene),
    emergencySection(scene, state),
    actions(waitingButtons(scene, state)),
    context(approval.beforeApproval(view.rotation.id)),
  ]);
}

/** Services that restart, as the plan says now. */
export function countRestarts({ view }: Scene): number {
  return view.consumers.filter(isRestarted).length;
}

function askedLine({ view: { rotation }, texts }: Scene): string {
  const { by, why, note } = rotation.ask;
  return texts.approval.asked(mention(by), texts.approval.whys[why], quote(note ?? '', 500));
}

function whatOf(scene: Scene): string {
  const { view, texts } = scene;
  const { ask, credentials } = view.rotation;
  const secrets = credentials.filter(({ kind }) => kind === 'secret').length;
  const holds = ask.entry === 'in-use' ? texts.approval.proves : texts.approval.gets;
  const gets = secrets > 0 ? holds(secrets) : '';
  const services = view.consumers.filter(isService).length;
  const restarts = texts.approval.restarts(countRestarts(scene), services, areBuildsKnown(view));
  return [gets, hostsGet(scene), restarts, standing(view.consumers, texts)].filter(Boolean).join(' ');
}

/** Where the registry did not tell an image, its tag may mean a newer build by now. */
function areBuildsKnown({ report }: RotationView): boolean {
  const untold = ['image-undecided', 'image-unreachable'];
  return !report?.findings.some(({ check }) => untold.includes(check));
}

function noticeOf(scene: Scene): string {
  const { approval } = scene.texts;
  const decisions = countDecisions(scene.view.report);
  return [
    approval.question(scene.view.rotation.registry, countRestarts(scene)),
    decisions > 0 ? approval.toDecide(decisions) : approval.passed,
    canBeUndone(scene) ? approval.canBeUndone : approval.cannotBeUndone,
  ].join(' ');
}

/** Going back is promised only where the login in use was accepted a moment ago, and never to a leaked one. */
function canBeUndone({ view: { rotation, report } }: Scene): boolean {
  return rotation.ask.why !== 'leaked' && (report?.oldLoginWorks ?? rotation.oldLoginWorks) === true;
}

function emergencySection({ view, texts }: Scene, state: StateOf<'waiting'>) {
  if (!isEmergencyDue(state, view.now)) return undefined;
  const asked = view.rotation.checkedAt ?? view.rotation.ask.at;
  return section(texts.approval.emergency(Math.max(1, Math.floor((view.now - asked) / 60_000))));
}

function isEmergencyDue(state: StateOf<'waiting'>, now: number): boolean {
  return state.emergencyFrom !== undefined && now >= state.emergencyFrom;
}

function waitingButtons(scene: Scene, state: StateOf<'waiting'>) {
  const { buttons } = scene.texts.approval;
  const emergency = isEmergencyDue(state, scene.view.now)
    ? [rotationButton(scene, 'start-emergency', buttons['start-emergency'], { style: 'danger' })]
    : [];
  return [
    rotationButton(scene, 'approve', buttons.approve, {
      style: 'primary',
      fingerprint: state.fingerprint,
      confirm: startDialog(scene),
    }),
    rotationButton(scene, 'deny', buttons.deny),
    rotationButton(scene, 'show-services', buttons['show-services']),
    cancelButton(scene),
    ...emergency,
  ];
}

function startDialog(scene: Scene) {
  const { approval } = scene.texts;
  const stages = otherStages(scene.view.consumers).slice(0, 2).join(', ');
  const undo = canBeUndone(scene) ? approval.consequenceUndo : approval.consequenceNoUndo;
  const text = hostsConsequence(scene) + approval.consequence(countRestarts(scene), stages) + undo;
  return confirm({ title: approval.startNow, text, yes: approval.start, no: approval.keep }, 'primary');
}

function cancelButton(scene: Scene) {
  const { approval } = scene.texts;
  const dialog = {
    title: approval.withdraw,
    text: approval.withdrawText,
    yes: approval.withdrawYes,
    no: approval.withdrawNo,
  };
  return rotationButton(scene, 'cancel', approval.buttons.cancel, { confirm: confirm(dialog) });
}
