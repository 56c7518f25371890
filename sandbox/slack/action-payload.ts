import type { Control } from './controls.ts';
import { choose, type ElementState, type Entry } from './view-values.ts';
import type { Workspace } from './workspace.ts';

/** What was done to one control. */
export interface Act {
  readonly blockId: string;
  readonly control: Control;
  /** The control's state after a choice; none for a button. */
  readonly state: ElementState | undefined;
  readonly entry: Entry;
}

/** What the app learns about one control. @throws {Error} where the control offers no such choice. */
export function actionPayload(workspace: Workspace, { blockId, control, state, entry }: Act) {
  const common = { action_id: control.action_id, block_id: blockId, action_ts: workspace.ids.timestamp() };
  switch (control.type) {
    case 'button':
      return { ...common, type: control.type, text: control.text, value: control.value };
    case 'overflow':
      return { ...common, type: control.type, selected_option: choose(control, String(entry)) };
    case 'plain_text_input':
    case 'static_select':
    case 'radio_buttons':
    case 'multi_static_select':
    case 'checkboxes':
    case 'users_select':
      return { ...common, ...state };
    default:
      return control satisfies never;
  }
}
