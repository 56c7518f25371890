import type { Rotation, RotationState } from '../../../src/rotation/rules/rotation.ts';
import { exampleRotation, states } from '../example-views.ts';
import { type SlackWorld, startSlackWorld } from '../slack-world.ts';
import { rotationNow, showRotation, toldTo, waiting } from './shown-rotation.ts';

let world: SlackWorld;

beforeEach(async () => {
  world = await startSlackWorld();
});

afterEach(() => world.slack.close());

const shown = (state: RotationState, changes?: Partial<Rotation>) => showRotation(world, state, changes);
const told = (user: string) => toldTo(world, user);
const click = (user: string, ts: string, id: string) => world.slack.as(user).click(ts, id, { confirm: true });

test('someone of the emergency group starts without approval, and must say why', async () => {
  const ts = await shown(waiting({ emergencyFrom: 1 }));
  await click('U_DANA', ts, 'start-emergency');
  const view = world.slack.openView('U_DANA');
  expect((await world.slack.as('U_DANA').submit(view?.id ?? '', { reason: '  ' })).kind).toBe('errors');
  await world.slack.as('U_DANA').submit(view?.id ?? '', { reason: 'api cannot start' });
  expect(await rotationNow(world)).toMatchObject({
    unreviewed: true,
    state: { phase: 'approved' },
    ask: { redeploy: 'failing' },
    approvals: [{ by: 'U_DANA', emergency: 'api cannot start' }],
  });
});

test('an approver cannot start without approval unless named for it', async () => {
  const ts = await shown(waiting({ emergencyFrom: 1 }));
  await click('U_BEN', ts, 'start-emergency');
  expect(told('U_BEN')).toContain('not in the group');
});

test('an emergency start is reviewed by an approver who did not make it', async () => {
  const approvals = [{ by: 'U_DANA', at: 1, emergency: 'down' }];
  const ts = await shown(states.rolling, { unreviewed: true, approvals });
  await click('U_DANA', ts, 'review');
  expect((await rotationNow(world))?.unreviewed).toBe(true);
  await click('U_BEN', ts, 'review');
  expect((await rotationNow(world))?.unreviewed).toBe(false);
});

test('an emergency start that has ended is reviewed all the same, and a fresh execution shows it', async () => {
  const approvals = [{ by: 'U_DANA', at: 1, emergency: 'down' }];
  const ended = await shown(states.done, { unreviewed: true, approvals, settledAt: 1 });
  await click('U_BEN', ended, 'review');
  expect(await rotationNow(world)).toMatchObject({ unreviewed: false, state: { phase: 'closed' } });
  expect(world.started).toMatchObject([[{ id: '7K2M9' }, 2]]);
  expect(told('U_BEN')).toBe('');
});

test('a start without approval is not made before its time', async () => {
  const ts = await shown(waiting({ emergencyFrom: 1 }));
  await click('U_DANA', ts, 'start-emergency');
  world.ledger.put(exampleRotation(waiting()));
  const view = world.slack.openView('U_DANA');
  await world.slack.as('U_DANA').submit(view?.id ?? '', { reason: 'down' });
  expect((await rotationNow(world))?.state.phase).toBe('waiting');
  const notice = world.slack.openView('U_DANA');
  expect(notice && world.slack.textOf(notice)).toContain('not offered now');
});
