/** What a person enters into the modal in front of them. */
import { controlsOf } from './block-kit.ts';
import type { OpenView } from './state.ts';
import { type ElementState, type Entry, enter } from './view-values.ts';
import { enterValues, stackOf } from './views.ts';
import type { Workspace } from './workspace.ts';

/** Entries by block id; `block_id/action_id` names a control of a block that is no input. */
export type Entries = Readonly<Record<string, Entry>>;

/**
 * Enters values without submitting.
 * @throws {Error} where the person does not have this view in front, or it has no such input or choice.
 */
export function fill(workspace: Workspace, user: string, viewId: string, entries: Entries): OpenView {
  const open = frontView(workspace, user, viewId);
  const entered: Record<string, Record<string, ElementState>> = { ...open.entered };
  for (const [key, entry] of Object.entries(entries)) {
    const { blockId, control } = findInput(open, key);
    entered[blockId] = { ...entered[blockId], [control.action_id]: enter(control, entry) };
  }
  return enterValues(workspace, open, entered);
}

function findInput(open: OpenView, key: string) {
  const inputs = open.view.blocks.flatMap((block) =>
    controlsOf(block).map((control) => ({ blockId: block.block_id, control })),
  );
  const found =
    inputs.find(({ blockId }) => blockId === key) ??
    inputs.find(({ blockId, control }) => `${blockId}/${control.action_id}` === key);
  if (found) return found;
  const known = inputs.map(({ blockId }) => blockId);
  throw new Error(`view ${open.id} has no input ${key}; there is: ${known.join(', ')}`);
}

/** The view this person has in front. @throws {Error} where that is another one. */
export function frontView(workspace: Workspace, user: string, viewId: string): OpenView {
  const front = stackOf(workspace, user).at(-1);
  if (front?.id === viewId) return front;
  throw new Error(`${user} does not have ${viewId} in front, but ${front?.id ?? 'no view'}`);
}
