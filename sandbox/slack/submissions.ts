/** Entering into a modal, submitting and closing it. */
import { controlsOf } from './block-kit.ts';
import { sendInteraction } from './delivery.ts';
import { missingEntries } from './missing-entries.ts';
import { viewClosed, viewSubmission } from './payloads.ts';
import type { OpenView } from './state.ts';
import { validateView } from './validator/validate.ts';
import { type ElementState, type Entry, enter, stateValues } from './view-values.ts';
import { closeAll, closeView, DEEPEST_STACK, enterValues, pushView, replaceView, stackOf } from './views.ts';
import type { Workspace } from './workspace.ts';

/** Entries by block id; `block_id/action_id` names a control of a block that is no input. */
export type Entries = Readonly<Record<string, Entry>>;

/** What a person sees after pressing the submit button. */
export type SubmitOutcome =
  /** Field errors by block id. `by` says whether the app was asked at all. */
  | {
      readonly kind: 'errors';
      readonly errors: Readonly<Record<string, string>>;
      readonly by: 'app' | 'slack';
    }
  | { readonly kind: 'closed' }
  | { readonly kind: 'updated'; readonly view: OpenView }
  | { readonly kind: 'pushed'; readonly view: OpenView }
  /** Slack's own banner: the app failed or answered something Slack cannot take. */
  | { readonly kind: 'failed'; readonly error: string };

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

/** Presses the submit button and waits for what becomes of the view. @throws {Error} as `fill`. */
export async function submit(
  workspace: Workspace,
  user: string,
  viewId: string,
  entries: Entries = {},
): Promise<SubmitOutcome> {
  const open = fill(workspace, user, viewId, entries);
  if (!open.view.submit) throw new Error(`view ${viewId} has no submit button`);
  const missing = missingEntries(open.view, stateValues(open.view, open.entered));
  if (Object.keys(missing).length > 0) return { kind: 'errors', errors: missing, by: 'slack' };
  const delivered = await sendInteraction(workspace, viewSubmission(workspace, open));
  if (delivered.kind === 'failed') return delivered;
  return follow(workspace, viewId, delivered.response.body);
}

function follow(workspace: Workspace, viewId: string, body: string): SubmitOutcome {
  // The app may have updated the view while it answered.
  const open = workspace.state.views.get(viewId);
  if (!open) return { kind: 'closed' };
  const answer = parseAnswer(body);
  if (!answer) return { kind: 'failed', error: 'unreadable_answer' };
  switch (answer.response_action) {
    case undefined:
      closeView(workspace, open);
      return { kind: 'closed' };
    case 'clear':
      closeAll(workspace, open.user);
      return { kind: 'closed' };
    case 'errors':
      return showErrors(open, answer.errors);
    case 'update':
    case 'push':
      return showView(workspace, open, answer.response_action, answer.view);
    default:
      return { kind: 'failed', error: 'unknown_response_action' };
  }
}

interface SubmissionAnswer {
  readonly response_action?: unknown;
  readonly errors?: unknown;
  readonly view?: unknown;
}

function parseAnswer(body: string): SubmissionAnswer | undefined {
  if (body.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Slack shows an error only beneath an input block that is there. */
function showErrors(open: OpenView, errors: unknown): SubmitOutcome {
  const shown = Object.entries(typeof errors === 'object' && errors !== null ? errors : {});
  const inputs = open.view.blocks.filter((block) => block.type === 'input').map((block) => block.block_id);
  const fits =
    shown.length > 0 && shown.every(([id, text]) => inputs.includes(id) && typeof text === 'string');
  return fits
    ? { kind: 'errors', errors: Object.fromEntries(shown.map(([id, text]) => [id, String(text)])), by: 'app' }
    : { kind: 'failed', error: 'invalid_errors' };
}

function showView(
  workspace: Workspace,
  open: OpenView,
  how: 'update' | 'push',
  view: unknown,
): SubmitOutcome {
  const [problem] = validateView(view);
  if (problem || typeof view !== 'object' || view === null)
    return { kind: 'failed', error: `invalid_view ${problem?.pointer}: ${problem?.message}` };
  if (how === 'update') return { kind: 'updated', view: replaceView(workspace, open, view) };
  if (stackOf(workspace, open.user).length >= DEEPEST_STACK)
    return { kind: 'failed', error: 'push_limit_reached' };
  return { kind: 'pushed', view: pushView(workspace, open, view) };
}

/** Closes the view in front: back to the one beneath, or all of them with the X. Tells the app where it asked. */
export async function close(workspace: Workspace, user: string, viewId: string, all = false): Promise<void> {
  const open = frontView(workspace, user, viewId);
  const cleared = all || open.view.clear_on_close === true;
  const closed = cleared ? stackOf(workspace, user) : [open];
  for (const view of closed) closeView(workspace, view);
  for (const view of closed.filter((each) => each.view.notify_on_close))
    await sendInteraction(workspace, viewClosed(workspace, view, cleared));
}

function frontView(workspace: Workspace, user: string, viewId: string): OpenView {
  const front = stackOf(workspace, user).at(-1);
  if (front?.id === viewId) return front;
  throw new Error(`${user} does not have ${viewId} in front, but ${front?.id ?? 'no view'}`);
}
