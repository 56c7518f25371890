import { listSlackKnobs, turnSlackKnob } from '../../../sandbox/slack/slack-knobs.ts';
import { setUp } from './setup.ts';
import { section } from './validator/payloads.ts';

function knobbed() {
  const set = setUp();
  const { knobs } = set.workspace;
  return {
    ...set,
    turn: (id: string, value?: unknown) => turnSlackKnob(knobs, set.clock, id, value),
    shown: (id: string) => listSlackKnobs(knobs).find((knob) => knob.id === id)?.value,
  };
}

test.each(['slack-edit-window', 'slack-groups', 'slack-duplicates'])('turns %s on and off', (id) => {
  const { turn, shown } = knobbed();
  expect(shown(id)).toBe(false);
  turn(id, true);
  expect(shown(id)).toBe(true);
  turn(id, false);
  expect(shown(id)).toBe(false);
});

test('has an effect for every knob it lists', () => {
  const { turn, workspace } = knobbed();
  for (const { id } of listSlackKnobs(workspace.knobs)) expect([id, turn(id, true)]).toEqual([id, true]);
  expect(turn('registry-down')).toBe(false);
});

test.each([
  ['slack-429', 'ratelimited'],
  ['slack-429-while', 'ratelimited'],
  ['slack-500', 'internal_error'],
  ['slack-invalid-blocks', 'invalid_blocks'],
])('makes the next message fail by %s', async (id, error) => {
  const { turn, api } = knobbed();
  turn(id);
  expect(
    await api('chat.postMessage', { channel: 'C_DEPLOYS', text: 'x', blocks: [section()] }),
  ).toMatchObject({ error });
});

test('lets edits fail for two minutes, or until they may be edited again', async () => {
  const { turn, api, clock } = knobbed();
  const { ts } = await api('chat.postMessage', { channel: 'C_DEPLOYS', text: 'x' });
  const edit = async () => (await api('chat.update', { channel: 'C_DEPLOYS', ts, text: 'y' })).error;
  turn('slack-edits-while');
  expect(await edit()).toBe('message_not_found');
  clock.move(2 * 60_000);
  expect(await edit()).toBeUndefined();
  turn('slack-edit-window', true);
  expect(await edit()).toBe('edit_window_closed');
});

test('hides who may approve', async () => {
  const { turn, api } = knobbed();
  turn('slack-groups', true);
  expect(await api('usergroups.users.list', { usergroup: 'S_APP' })).toMatchObject({ error: 'fatal_error' });
});
