import type { ActionsBlock } from '@slack/types';
import { groupOf, isService } from '../../rotation/rules/plan.ts';
import { actions, confirm, context, header, section } from '../blocks.ts';
import { quote } from '../mrkdwn.ts';
import { type Message, message, rotationButton, type Scene } from './frame.ts';
import { countHosts, hostProgress, hostsToGoBack } from './hosts.ts';
import { mention } from './mention.ts';
import { pausedButtons, pausedText } from './paused.ts';
import { reviewBlocks } from './review.ts';
import { countPulled, failing, serviceLines } from './service-lines.ts';
import { standing, sumTasks } from './standing.ts';
import type { StateOf } from './state-of.ts';

/** Approved; the new login is about to be put in use. */
export function renderStarting(scene: Scene): Message {
  const { texts, view } = scene;
  const lead = view.rotation.state.phase === 'changing' ? texts.states.changing : startedBy(scene);
  return running(scene, texts.states.notices.starting(view.rotation.registry), lead);
}

/** Hosts get the new login, group by group. */
export function renderFleet(scene: Scene, state: StateOf<'fleet'>): Message {
  const { texts, view } = scene;
  const { done, changing } = countHosts(view);
  const notice = texts.fleet.notice(view.rotation.registry, done, changing);
  const lead = isSettling(scene) ? texts.states.settling : hostProgress(scene, state);
  return stoppable(scene, notice, lead, state.stop);
}

/** Services restart, group by group. */
export function renderRolling(scene: Scene, state: StateOf<'rolling'>): Message {
  const { texts, view } = scene;
  const services = view.consumers.filter(isService).filter(({ planned }) => planned.action === 'restart');
  const notice = texts.states.notices.rolling(view.rotation.registry, countPulled(services), services.length);
  const lead = isSettling(scene) ? texts.states.settling : progressOf(scene, state);
  return stoppable(scene, notice, lead, state.stop);
}

/** A decision is needed. */
export function renderPaused(scene: Scene, state: StateOf<'paused'>): Message {
  const { texts, view } = scene;
  const { choice } = state;
  const chosen = choice && texts.states.chosen(mention(choice.by), texts.paused.choices[choice.does]);
  const notice = [texts.states.notices.paused(view.rotation.registry), standing(view.consumers, texts)].join(
    ' ',
  );
  const lead = [
    `${texts.states.paused} ${standing(view.consumers, texts)}`,
    pausedText(scene, state),
    chosen,
  ];
  const buttons = choice ? undefined : actions(pausedButtons(scene, state));
  return frame(scene, notice, lead.filter(Boolean).join('\n'), buttons);
}

/** The old login is put back. */
export function renderGoingBack(scene: Scene, state: StateOf<'going-back'>): Message {
  const { texts, view } = scene;
  const restarting = view.consumers.filter(({ progress }) => progress.is === 'restarting').length;
  const lead = {
    move: () => texts.states.goingBackMoving,
    fleet: () => texts.fleet.goingBack(hostsToGoBack(view)),
    restart: () => texts.states.goingBack(restarting),
    watch: () => texts.states.goingBack(restarting),
  }[state.step]();
  return running(scene, texts.states.notices.goingBack(view.rotation.registry), lead);
}

/** With Stop, until somebody has pressed it. */
function stoppable(scene: Scene, notice: string, lead: string, stop: { readonly by: string } | undefined) {
  const pressed = stop && scene.texts.states.stopping(mention(stop.by));
  const text = [lead, pressed].filter(Boolean).join('\n');
  return running(scene, notice, text, pressed ? undefined : stopButton(scene));
}

function running(scene: Scene, notice: string, lead: string, buttons?: ActionsBlock): Message {
  const stands = standing(scene.view.consumers, scene.texts);
  return frame(scene, `${notice} ${stands}`.trim(), [lead, stands].filter(Boolean).join('\n'), buttons);
}

function frame(scene: Scene, notice: string, lead: string, buttons?: ActionsBlock): Message {
  const lines = serviceLines(scene);
  return message(notice, [
    header(scene.texts.approval.title(scene.view.rotation.registry)),
    section(lead),
    lines ? section(lines) : undefined,
    ...reviewBlocks(scene),
    buttons,
    context(scene.view.rotation.id),
  ]);
}

/** Just after the change some hosts may still get the login of before. */
function isSettling({ view }: Scene): boolean {
  return view.rotation.settledAt !== undefined && view.now < view.rotation.settledAt;
}

function startedBy({ view: { rotation }, texts }: Scene): string {
  const approvers = rotation.approvals.filter(({ emergency }) => emergency === undefined);
  const names = approvers.map(({ by }) => mention(by)).join(', ');
  return names ? texts.states.starting(names) : texts.states.startingUnasked;
}

function progressOf({ view, texts }: Scene, state: StateOf<'rolling'>): string {
  const services = view.consumers.filter(isService).filter(({ planned }) => planned.action === 'restart');
  const pulled = countPulled(services);
  const current = groupOf(view.consumers, state.group).map(({ consumer }) => quote(consumer.name, 80));
  if (state.group === 0 && pulled === 0 && current.length > 0) return texts.states.firstService(current);
  const begun = view.rotation.startedAt ?? view.rotation.settledAt ?? view.now;
  return texts.states.rollingOut({
    pulled,
    services: services.length,
    failed: failing(services).length,
    group: state.group + 1,
    groups: state.groups,
    ...sumTasks(services),
    minutes: Math.max(0, Math.floor((view.now - begun) / 60_000)),
  });
}

function stopButton(scene: Scene): ActionsBlock | undefined {
  const { stop, stopTitle, stopText, stopYes, stopNo } = scene.texts.states;
  const dialog = confirm({ title: stopTitle, text: stopText, yes: stopYes, no: stopNo }, 'danger');
  return actions([rotationButton(scene, 'stop', stop, { style: 'danger', confirm: dialog })]);
}
