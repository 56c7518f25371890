/** views.*: modals and the Home tab. */
import { strikes } from '../knobs.ts';
import { findPerson } from '../people.ts';
import type { OpenView } from '../state.ts';
import type { Trigger } from '../triggers.ts';
import { isObject, type JsonObject } from '../validator/check.ts';
import { validateView } from '../validator/validate.ts';
import {
  DEEPEST_STACK,
  openView,
  publishHome,
  pushView,
  replaceView,
  stackOf,
  viewPayload,
} from '../views.ts';
import type { Workspace } from '../workspace.ts';
import { ApiRefusal, type Arguments, type Method, need, refuseProblems } from './refusal.ts';

/** Opens a modal for whoever the trigger belongs to. */
export const open: Method = (workspace, args) => {
  const trigger = lookAtTrigger(workspace, args);
  const view = checkView(workspace, args, 'modal');
  useTrigger(workspace, args);
  return { view: viewPayload(openView(workspace, trigger.user, view)) };
};

/** Opens a modal on top of the one the trigger came from. */
export const push: Method = (workspace, args) => {
  const trigger = lookAtTrigger(workspace, args);
  const below = workspace.state.views.get(trigger.viewId ?? '');
  if (!below) throw new ApiRefusal('not_found');
  if (stackOf(workspace, trigger.user).length >= DEEPEST_STACK) throw new ApiRefusal('push_limit_reached');
  const view = checkView(workspace, args, 'modal');
  useTrigger(workspace, args);
  return { view: viewPayload(pushView(workspace, below, view)) };
};

/** Shows something else in an open modal; with `hash` only while it is still what the app saw. */
export const update: Method = (workspace, args) => {
  const shown = viewToUpdate(workspace, args);
  checkHash(args, shown);
  return { view: viewPayload(replaceView(workspace, shown, checkView(workspace, args, 'modal'))) };
};

/** Shows a person's Home tab. */
export const publish: Method = (workspace, args) => {
  const user = need(args, 'user_id');
  if (!findPerson(workspace.directory, user)) throw new ApiRefusal('user_not_found');
  checkHash(args, workspace.state.homes.get(user));
  return { view: viewPayload(publishHome(workspace, user, checkView(workspace, args, 'home'))) };
};

function lookAtTrigger(workspace: Workspace, args: Arguments): Trigger {
  const found = workspace.triggers.look(need(args, 'trigger_id', 'invalid_trigger_id'));
  if (typeof found === 'string') throw new ApiRefusal(found);
  return found;
}

function useTrigger(workspace: Workspace, args: Arguments): void {
  workspace.triggers.use(need(args, 'trigger_id'));
}

function checkView(workspace: Workspace, args: Arguments, type: 'modal' | 'home'): JsonObject {
  if (strikes(workspace.knobs, 'invalidBlocksNext'))
    refuseProblems([{ pointer: '/view/blocks/0/type', message: 'unsupported type (made by the sandbox)' }]);
  const view = args.view;
  if (!isObject(view)) throw new ApiRefusal('invalid_arguments');
  refuseProblems(validateView(view).map((problem) => ({ ...problem, pointer: `/view${problem.pointer}` })));
  if (view.type !== type) throw new ApiRefusal('invalid_arguments');
  return view;
}

function viewToUpdate(workspace: Workspace, args: Arguments): OpenView {
  const shown = [...workspace.state.views.values()].find((each) =>
    typeof args.view_id === 'string'
      ? each.id === args.view_id
      : each.view.external_id !== undefined && each.view.external_id === args.external_id,
  );
  if (!shown) throw new ApiRefusal('not_found');
  return shown;
}

function checkHash(args: Arguments, shown: OpenView | undefined): void {
  const isOld = args.hash !== undefined && args.hash !== '' && shown && args.hash !== shown.hash;
  if (isOld) throw new ApiRefusal('hash_conflict');
}
