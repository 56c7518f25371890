/** The stand-in's misbehaviours as knobs for the page, so that a person can turn what a test turns. */
import type { Clock } from '../../src/clock.ts';
import type { SlackKnobs } from './knobs.ts';
import type { Knob } from './page-extras.ts';

const GROUP = 'Slack misbehaves';
const A_WHILE_MS = 2 * 60_000;
const NEXT_FEW = 3;
const GROUPS_METHOD = 'usergroups.users.list';

/** The knobs as they stand now. */
export function listSlackKnobs(knobs: SlackKnobs): Knob[] {
  const button = (id: string, label: string): Knob => ({ id, label, group: GROUP, kind: 'button' });
  const toggle = (id: string, label: string, value: boolean): Knob => ({
    id,
    label,
    group: GROUP,
    kind: 'toggle',
    value,
  });
  return [
    { id: 'slack-slow', label: 'Slow answers, ms', group: GROUP, kind: 'number', value: knobs.slowApiMs },
    button('slack-429', `429 for the next ${NEXT_FEW} calls`),
    button('slack-429-while', '429 for two minutes'),
    button('slack-500', `500 for the next ${NEXT_FEW} calls`),
    button('slack-invalid-blocks', 'invalid_blocks for the next message'),
    button('slack-edits-while', 'Every edit fails for two minutes'),
    toggle('slack-edit-window', 'Messages can no longer be edited', isEditWindowClosed(knobs)),
    toggle('slack-groups', 'Approver group cannot be read', knobs.methodErrors.has(GROUPS_METHOD)),
    toggle('slack-duplicates', 'Everything is delivered twice', knobs.duplicateDeliveries),
  ];
}

/** Turns one of these knobs; false where the id is none of them. Times are of the sandbox's clock. */
export function turnSlackKnob(knobs: SlackKnobs, clock: Clock, id: string, value: unknown): boolean {
  const turn = turns(knobs, clock)[id];
  if (turn === undefined) return false;
  Object.assign(knobs, turn(value));
  return true;
}

/** What each knob changes. */
function turns(
  knobs: SlackKnobs,
  clock: Clock,
): Partial<Record<string, (value: unknown) => Partial<SlackKnobs>>> {
  const soon = clock.now() + A_WHILE_MS;
  return {
    'slack-slow': (value) => ({ slowApiMs: Math.max(0, Number(value) || 0) }),
    'slack-429': () => ({ rateLimitNext: NEXT_FEW }),
    'slack-429-while': () => ({ rateLimitUntil: soon }),
    'slack-500': () => ({ serverErrors: NEXT_FEW }),
    'slack-invalid-blocks': () => ({ invalidBlocksNext: 1 }),
    'slack-edits-while': () => ({ editError: 'message_not_found', editErrorUntil: soon }),
    'slack-edit-window': (value) => ({
      editError: value === true ? 'edit_window_closed' : undefined,
      editErrorUntil: Number.POSITIVE_INFINITY,
    }),
    'slack-groups': (value) => setMethodError(knobs, GROUPS_METHOD, value === true),
    'slack-duplicates': (value) => ({ duplicateDeliveries: value === true }),
  };
}

function setMethodError(knobs: SlackKnobs, method: string, fails: boolean): Partial<SlackKnobs> {
  if (fails) knobs.methodErrors.set(method, 'fatal_error');
  else knobs.methodErrors.delete(method);
  return {};
}

function isEditWindowClosed(knobs: SlackKnobs): boolean {
  return knobs.editError === 'edit_window_closed' && knobs.editErrorUntil === Number.POSITIVE_INFINITY;
}
