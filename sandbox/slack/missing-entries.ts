import type { Block, View } from './block-kit.ts';
import type { Control } from './controls.ts';
import { type ElementState, isEmpty, type StateValues } from './view-values.ts';

/** What Slack's own client says about the entries, by block id, before it sends a submission to the app. */
export function missingEntries(view: View, values: StateValues): Record<string, string> {
  const problems = view.blocks.map((block) => [block.block_id, problemOf(block, values)] as const);
  return Object.fromEntries(
    problems.filter((problem): problem is readonly [string, string] => problem[1] !== undefined),
  );
}

function problemOf(block: Block, values: StateValues): string | undefined {
  if (block.type !== 'input') return undefined;
  const state = values[block.block_id]?.[block.element.action_id];
  if (isEmpty(state)) return block.optional ? undefined : 'Please complete this required field.';
  return wrongLength(block.element, state);
}

function wrongLength(control: Control, state: ElementState | undefined): string | undefined {
  if (control.type !== 'plain_text_input' || state?.type !== 'plain_text_input') return undefined;
  const length = state.value?.length ?? 0;
  const { min_length: least = 0, max_length: most = 3000 } = control;
  if (length < least) return `Please enter at least ${least} characters.`;
  return length > most ? `Please enter at most ${most} characters.` : undefined;
}
