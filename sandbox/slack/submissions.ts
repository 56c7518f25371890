/** Submitting and closing a modal. */
import { sendInteraction } from './delivery.ts';
import { type Entries, fill, frontView } from './entries.ts';
import { missingEntries } from './missing-entries.ts';
import { viewClosed, viewSubmission } from './payloads.ts';
import { followAnswer, type SubmitOutcome } from './submission-answers.ts';
import { stateValues } from './view-values.ts';
import { closeView, stackOf } from './views.ts';
import type { Workspace } from './workspace.ts';

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
  return followAnswer(workspace, viewId, delivered.response.body);
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
