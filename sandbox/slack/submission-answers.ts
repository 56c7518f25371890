/** What becomes of a modal after the app has answered its submission. */
import type { OpenView } from './state.ts';
import { validateView } from './validator/validate.ts';
import { closeAll, closeView, DEEPEST_STACK, pushView, replaceView, stackOf } from './views.ts';
import type { Workspace } from './workspace.ts';

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

/** Does with the view what the app's answer says. */
export function followAnswer(workspace: Workspace, viewId: string, body: string): SubmitOutcome {
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
