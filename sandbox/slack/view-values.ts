/** What a view's inputs hold: entered by a person, or as the app set them at first. */
import { type Block, controlsOf, type View } from './block-kit.ts';
import { type Control, type Option, optionsOf } from './controls.ts';

/** One input's state as Slack sends it in `view.state.values`. */
export type ElementState =
  | { readonly type: 'plain_text_input'; readonly value: string | null }
  | { readonly type: 'static_select' | 'radio_buttons'; readonly selected_option: Option | null }
  | { readonly type: 'multi_static_select' | 'checkboxes'; readonly selected_options: readonly Option[] }
  | { readonly type: 'users_select'; readonly selected_user: string | null };

export type StateValues = Readonly<Record<string, Readonly<Record<string, ElementState>>>>;

/** What a person enters: text, an option's value or a user's id; a list for several options; null for nothing. */
export type Entry = string | readonly string[] | null;

/** What the view's inputs hold now. Entries of inputs that are no longer there are left out. */
export function stateValues(view: View, entered: StateValues): StateValues {
  const blocks = view.blocks.map((block) => [block.block_id, blockValues(block, entered)] as const);
  return Object.fromEntries(blocks.filter(([, values]) => Object.keys(values).length > 0));
}

function blockValues(block: Block, entered: StateValues): Readonly<Record<string, ElementState>> {
  return Object.fromEntries(
    controlsOf(block).flatMap((control) => {
      const kept = entered[block.block_id]?.[control.action_id];
      const state = kept?.type === control.type ? kept : initialState(control);
      return state ? [[control.action_id, state] as const] : [];
    }),
  );
}

function initialState(control: Control): ElementState | undefined {
  switch (control.type) {
    case 'plain_text_input':
      return { type: control.type, value: control.initial_value || null };
    case 'static_select':
    case 'radio_buttons':
      return { type: control.type, selected_option: control.initial_option ?? null };
    case 'multi_static_select':
    case 'checkboxes':
      return { type: control.type, selected_options: control.initial_options ?? [] };
    case 'users_select':
      return { type: control.type, selected_user: control.initial_user ?? null };
    case 'button':
    case 'overflow':
      return undefined;
    default:
      return control satisfies never;
  }
}

/**
 * The state a control has after a person's entry.
 * @throws {Error} where the control offers no such choice: a person could not have made it.
 */
export function enter(control: Control, entry: Entry): ElementState {
  switch (control.type) {
    case 'plain_text_input':
      return { type: control.type, value: asText(control, entry) || null };
    case 'static_select':
    case 'radio_buttons': {
      const value = asText(control, entry);
      return { type: control.type, selected_option: value ? choose(control, value) : null };
    }
    case 'multi_static_select':
    case 'checkboxes':
      return { type: control.type, selected_options: asList(entry).map((value) => choose(control, value)) };
    case 'users_select':
      return { type: control.type, selected_user: asText(control, entry) || null };
    case 'button':
    case 'overflow':
      throw new Error(`nothing can be entered into the ${control.type} ${control.action_id}`);
    default:
      return control satisfies never;
  }
}

function asText(control: Control, entry: Entry): string | null {
  if (entry === null || typeof entry === 'string') return entry;
  throw new Error(`${control.action_id} takes one entry, not a list`);
}

function asList(entry: Entry): readonly string[] {
  if (entry === null) return [];
  return typeof entry === 'string' ? [entry] : entry;
}

/** The option with this value. @throws {Error} where the control does not offer it. */
export function choose(control: Parameters<typeof optionsOf>[0], value: string): Option {
  const options = optionsOf(control);
  const chosen = options.find((option) => option.value === value);
  if (chosen) return chosen;
  const offered = options.map((option) => option.value).join(', ');
  throw new Error(`${control.action_id} does not offer "${value}", only: ${offered}`);
}

/** Whether an input holds nothing. */
export function isEmpty(state: ElementState | undefined): boolean {
  if (!state) return true;
  switch (state.type) {
    case 'plain_text_input':
      return state.value === null;
    case 'static_select':
    case 'radio_buttons':
      return state.selected_option === null;
    case 'multi_static_select':
    case 'checkboxes':
      return state.selected_options.length === 0;
    case 'users_select':
      return state.selected_user === null;
    default:
      return state satisfies never;
  }
}
