/** A person's stack of modals and their Home tab. Views have passed the validator before they come here. */
import type { View } from './block-kit.ts';
import { withBlockIds } from './messages.ts';
import { APP, TEAM } from './people.ts';
import type { OpenView } from './state.ts';
import { stateValues } from './view-values.ts';
import { announce, type Workspace } from './workspace.ts';

/** How many modals may lie on each other. */
export const DEEPEST_STACK = 3;

/** The modals a person has open, the one in front last. */
export function stackOf(workspace: Workspace, user: string): OpenView[] {
  return [...workspace.state.views.values()].filter((open) => open.user === user);
}

/** Opens a modal in front of everything; what was open before is gone. */
export function openView(workspace: Workspace, user: string, view: object): OpenView {
  closeAll(workspace, user);
  return put(workspace, newView(workspace, user, view));
}

/** Opens a modal on top of another. The caller has checked the depth. */
export function pushView(workspace: Workspace, below: OpenView, view: object): OpenView {
  const pushed = newView(workspace, below.user, view);
  return put(workspace, { ...pushed, rootId: below.rootId, previousId: below.id });
}

/** Shows something else in a view. What was entered stays where the same inputs are still there. */
export function replaceView(workspace: Workspace, open: OpenView, view: object): OpenView {
  const replaced: OpenView = { ...open, view: asView(workspace, view), hash: workspace.ids.timestamp() };
  return put(workspace, replaced);
}

/** Keeps what a person has entered so far. */
export function enterValues(workspace: Workspace, open: OpenView, entered: OpenView['entered']): OpenView {
  const changed = { ...open, entered };
  workspace.state.views.set(open.id, changed);
  return changed;
}

/** Takes one view off the stack. */
export function closeView(workspace: Workspace, open: OpenView): void {
  workspace.state.views.delete(open.id);
  announce(workspace);
}

/** Takes all of a person's views off the stack. */
export function closeAll(workspace: Workspace, user: string): void {
  for (const open of stackOf(workspace, user)) workspace.state.views.delete(open.id);
  announce(workspace);
}

/** Shows a person's Home tab. */
export function publishHome(workspace: Workspace, user: string, view: object): OpenView {
  const before = workspace.state.homes.get(user) ?? newView(workspace, user, view);
  const published = { ...before, view: asView(workspace, view), hash: workspace.ids.timestamp() };
  workspace.state.homes.set(user, published);
  announce(workspace);
  return published;
}

/** A modal or Home tab by its id. */
export function findView(workspace: Workspace, id: string): OpenView | undefined {
  return workspace.state.views.get(id) ?? [...workspace.state.homes.values()].find((home) => home.id === id);
}

function newView(workspace: Workspace, user: string, view: object): OpenView {
  const id = workspace.ids.next('V');
  return {
    id,
    user,
    rootId: id,
    hash: workspace.ids.timestamp(),
    view: asView(workspace, view),
    entered: {},
  };
}

function asView(workspace: Workspace, view: object): View {
  const blocks = withBlockIds(workspace, 'blocks' in view ? view.blocks : []);
  // The validator has let this view in, and View describes just what it lets in.
  return { ...view, blocks } as unknown as View;
}

function put(workspace: Workspace, open: OpenView): OpenView {
  workspace.state.views.set(open.id, open);
  announce(workspace);
  return open;
}

/** A view as the app gets it, with what has been entered. */
export function viewPayload(open: OpenView): Record<string, unknown> {
  return {
    callback_id: '',
    private_metadata: '',
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    external_id: '',
    ...open.view,
    id: open.id,
    team_id: TEAM.id,
    app_id: APP.id,
    bot_id: APP.botId,
    hash: open.hash,
    root_view_id: open.rootId,
    previous_view_id: open.previousId ?? null,
    state: { values: stateValues(open.view, open.entered) },
  };
}
