/** Pressing buttons and choosing in menus, in messages, modals and Home tabs. */

import { type Act, actionPayload } from './action-payload.ts';
import { type Block, controlsOf } from './block-kit.ts';
import type { Outcome } from './commands.ts';
import type { Control } from './controls.ts';
import { sendInteraction, showFailure } from './delivery.ts';
import { findMessage } from './messages.ts';
import { messageAction, viewAction } from './payloads.ts';
import { findChannel, isMember } from './people.ts';
import type { Message, OpenView } from './state.ts';
import { type Entry, enter } from './view-values.ts';
import { enterValues, findView, stackOf } from './views.ts';
import type { Workspace } from './workspace.ts';

export interface Press {
  readonly user: string;
  /** A message's timestamp or a view's id. */
  readonly where: string;
  readonly actionId: string;
  /** Needed only where several blocks hold the same action id. */
  readonly blockId?: string;
  /** Tells buttons with the same action id apart. */
  readonly value?: string;
  /** What is chosen in a menu. */
  readonly entry?: Entry;
}

/** Where a control was found. */
export interface FoundControl {
  readonly place: Message | OpenView;
  readonly block: Block;
  readonly control: Control;
}

/**
 * Presses a control and waits for the app's answer.
 * @throws {Error} where this person could not press it: it is not there, or not theirs to see.
 */
export async function press(workspace: Workspace, request: Press): Promise<Outcome> {
  const found = findControl(workspace, request);
  const { block, control } = found;
  const entry = request.entry ?? null;
  const choice = control.type === 'button' || control.type === 'overflow' ? undefined : enter(control, entry);
  const act: Act = { blockId: block.block_id, control, state: choice, entry };
  const action = actionPayload(workspace, act);
  const payload = isView(found.place)
    ? viewAction(workspace, keepChoice(workspace, found.place, act), action)
    : messageAction(workspace, request.user, found.place, action);
  const delivered = await sendInteraction(workspace, payload);
  if (delivered.kind === 'answered') return { kind: 'ok' };
  showFailure(
    workspace,
    request.user,
    delivered.error,
    `ecs-rotate did not respond (${delivered.error}). Try again.`,
  );
  return { kind: 'failed', error: delivered.error };
}

/** The control a press means. @throws {Error} where this person does not see exactly one such control. */
export function findControl(workspace: Workspace, request: Press): FoundControl {
  const place = findPlace(workspace, request);
  const blocks = isView(place) ? place.view.blocks : place.blocks;
  const all = blocks.flatMap((block) => controlsOf(block).map((control) => ({ place, block, control })));
  const matching = all.filter((found) => matches(found, request));
  const [found] = matching;
  if (found && matching.length === 1) return found;
  const seen = all.map(({ control }) => control.action_id).join(', ') || 'nothing';
  throw new Error(
    `${request.user} sees ${matching.length} controls ${request.actionId} in ${request.where}; there is: ${seen}`,
  );
}

function matches({ block, control }: FoundControl, request: Press): boolean {
  return (
    control.action_id === request.actionId &&
    (request.blockId === undefined || block.block_id === request.blockId) &&
    (request.value === undefined || (control.type === 'button' && control.value === request.value))
  );
}

function findPlace(workspace: Workspace, { user, where }: Press): Message | OpenView {
  const view = findView(workspace, where);
  if (view) return inFront(workspace, user, view);
  const message = findMessage(workspace, where);
  if (!message || !maySee(workspace, user, message))
    throw new Error(`${user} sees no message or view ${where}`);
  return message;
}

function inFront(workspace: Workspace, user: string, view: OpenView): OpenView {
  const front = view.view.type === 'home' ? view : stackOf(workspace, user).at(-1);
  if (view.user !== user || front?.id !== view.id)
    throw new Error(`${user} does not have ${view.id} in front`);
  return view;
}

/** Whether a person sees a message. */
export function maySee(workspace: Workspace, user: string, message: Message): boolean {
  const channel = findChannel(workspace.directory, message.channel);
  return channel !== undefined && isMember(channel, user) && (message.onlyFor ?? user) === user;
}

function isView(place: Message | OpenView): place is OpenView {
  return 'view' in place;
}

function keepChoice(workspace: Workspace, open: OpenView, { blockId, control, state }: Act): OpenView {
  if (!state || open.view.type === 'home') return open;
  const block = { ...open.entered[blockId], [control.action_id]: state };
  return enterValues(workspace, open, { ...open.entered, [blockId]: block });
}
