import type { Rotation, RotationState } from '../../../src/rotation/rules/rotation.ts';
import { exampleRotation, now, states } from '../example-views.ts';
import { type SlackWorld, startSlackWorld } from '../slack-world.ts';
import { rotationNow, showRotation, toldTo, waiting } from './shown-rotation.ts';

let world: SlackWorld;

beforeEach(async () => {
  world = await startSlackWorld();
});

afterEach(() => world.slack.close());

const paused = (parts: object = {}): RotationState => ({
  ...states.paused,
  callbackId: 'cb+2',
  ...parts,
});
const shown = (state: RotationState, changes?: Partial<Rotation>) => showRotation(world, state, changes);
const stateNow = async () => (await rotationNow(world))?.state;
const told = (user: string) => toldTo(world, user);
const click = (user: string, ts: string, id: string) => world.slack.as(user).click(ts, id, { confirm: true });

test('an approver approves: the record moves on, the bell rings, the audit says who', async () => {
  const ts = await shown(waiting());
  expect(await click('U_BEN', ts, 'approve')).toEqual({ kind: 'ok' });
  const rotation = await rotationNow(world);
  expect(rotation).toMatchObject({ state: { phase: 'approved' }, approvals: [{ by: 'U_BEN' }] });
  expect(world.rung).toEqual(['cb+1']);
  expect(await world.ledger.auditOf(exampleRotation(states.waiting))).toMatchObject([
    { what: 'approved', by: 'U_BEN' },
  ]);
  expect(told('U_BEN')).toBe('');
});

test('who asked cannot approve, and reads who was called', async () => {
  const ts = await shown(waiting());
  await click('U_AYA', ts, 'approve');
  expect((await stateNow())?.phase).toBe('waiting');
  expect(told('U_AYA')).toBe('You asked for this, so someone else must approve it. Called: @approvers.');
});

test.each([
  ['U_OTTO', 'Only @approvers can approve or deny.'],
  ['U_GUEST', 'Guests and people of other companies'],
  ['U_FOREIGN', 'Guests and people of other companies'],
])('%s cannot approve, in the group or not', async (user, words) => {
  const ts = await shown(waiting());
  await click(user, ts, 'approve');
  expect((await stateNow())?.phase).toBe('waiting');
  expect(told(user)).toContain(words);
  expect(world.rung).toEqual([]);
});

test('two approvers at once: one counts, the other reads who was first', async () => {
  const ts = await shown(waiting());
  await Promise.all([click('U_BEN', ts, 'approve'), click('U_CHO', ts, 'approve')]);
  expect((await rotationNow(world))?.approvals).toHaveLength(1);
  expect(world.rung).toEqual(['cb+1']);
  expect(`${told('U_BEN')}${told('U_CHO')}`).toMatch(/approved this at .* Nothing more to do/);
});

test('a delivery that comes twice acts once', async () => {
  const ts = await shown(waiting({ needed: 2 }));
  world.slack.knobs.duplicateDeliveries = true;
  await click('U_BEN', ts, 'approve');
  expect((await rotationNow(world))?.approvals).toHaveLength(1);
});

test.each([
  ['an expired request', waiting({ expiresAt: 1 }), 'This has expired'],
  ['another plan than was shown', waiting({ fingerprint: 'newer' }), 'The plan has changed'],
  ['what has ended', states.cancelled, 'ended already'],
  ['an unknown request', undefined, 'not known any more'],
])('does not approve %s', async (_what, state, words) => {
  const ts = await shown(waiting());
  const rotation = exampleRotation(state ?? states.waiting, state ? {} : { id: 'OTHER' });
  if (state) world.ledger.put(rotation);
  else world.ledger.read = async () => undefined;
  await click('U_BEN', ts, 'approve');
  expect(told('U_BEN')).toContain(words);
  expect(world.rung).toEqual([]);
});

test('counts no click while Slack does not tell who approvers are', async () => {
  const ts = await shown(waiting());
  world.slack.workspace.directory = { ...world.slack.workspace.directory, userGroups: [] };
  await click('U_BEN', ts, 'approve');
  expect((await stateNow())?.phase).toBe('waiting');
  expect(told('U_BEN')).toContain('this click was not counted');
});

test('an approval counts although nobody hears the bell', async () => {
  const ts = await shown(waiting());
  world.deps.executions.ring = () => Promise.reject(new Error('timed out'));
  expect(await click('U_BEN', ts, 'approve')).toEqual({ kind: 'ok' });
  expect((await stateNow())?.phase).toBe('approved');
});

test('an approver denies with a word for the one who asked', async () => {
  const ts = await shown(waiting());
  await click('U_BEN', ts, 'deny');
  const view = world.slack.openView('U_BEN');
  await world.slack.as('U_BEN').submit(view?.id ?? '', { reason: 'wrong week' });
  expect(await stateNow()).toMatchObject({
    phase: 'closed',
    because: 'denied',
    by: 'U_BEN',
    note: 'wrong week',
  });
  expect(world.rung).toEqual(['cb+1']);
});

test('a denial that comes too late says so in its own form', async () => {
  const ts = await shown(waiting());
  await click('U_BEN', ts, 'deny');
  await click('U_CHO', ts, 'approve');
  const view = world.slack.openView('U_BEN');
  const outcome = await world.slack.as('U_BEN').submit(view?.id ?? '');
  expect(outcome.kind).toBe('updated');
  const notice = world.slack.openView('U_BEN');
  expect(notice && world.slack.textOf(notice)).toContain('@cho approved this');
});

test('shows every service to whoever may see the channel', async () => {
  const ts = await shown(waiting());
  await click('U_OTTO', ts, 'show-services');
  const view = world.slack.openView('U_OTTO');
  expect(view && world.slack.textOf(view)).toContain('mailer · production');
});

test.each<[string, string, RotationState, object]>([
  ['cancels', 'cancel', waiting(), { phase: 'closed', because: 'cancelled' }],
  ['has it checked again', 'check-again', { ...states.cannotStart, callbackId: 'cb' }, { phase: 'checking' }],
  ['stops', 'stop', states.rolling, { phase: 'rolling', stop: { by: 'U_AYA' } }],
  ['goes back', 'go-back', paused(), { phase: 'paused', choice: { does: 'go-back', by: 'U_AYA' } }],
  ['leaves it', 'leave', paused(), { choice: { does: 'leave' } }],
  ['tries again', 'try-again', paused(), { choice: { does: 'try-again' } }],
])('who asked %s', async (_what, button, state, expected) => {
  const ts = await shown(state);
  await click('U_AYA', ts, button);
  expect(await stateNow()).toMatchObject(expected);
  expect(world.rung).toEqual('callbackId' in state ? [state.callbackId] : []);
});

test.each([
  ['stop', states.rolling],
  ['go-back', paused()],
  ['cancel', waiting()],
])('a bystander cannot %s', async (button, state) => {
  const ts = await shown(state);
  await click('U_OTTO', ts, button);
  expect(told('U_OTTO')).toContain('Only who asked for this');
  expect(await stateNow()).toEqual(state);
});

test('the second choice on a paused rotation reads which was first', async () => {
  const ts = await shown(paused());
  await click('U_AYA', ts, 'go-back');
  await click('U_BEN', ts, 'leave');
  expect(told('U_BEN')).toBe('@aya chose “Go Back” already.');
});

test('Try Again after going back asks anew with what is still stored', async () => {
  const ts = await shown(states.wentBack);
  await click('U_AYA', ts, 'try-again');
  expect(world.stored).toMatchObject([
    {
      submission: 'again 7K2M9',
      ask: { entry: 'stored', by: 'U_AYA' },
      credentials: [{ name: 'prod/ghcr-pull' }],
    },
  ]);
  expect(world.stored[0]).not.toHaveProperty('password');
  expect(world.started).toEqual([[{ registry: 'ghcr.io', id: 'NEW42' }, 1]]);
  expect(told('U_AYA')).toContain('asks for approval once more');
});

test('Try Again of another person keeps in mind who entered the login', async () => {
  const ts = await shown(states.wentBack);
  await click('U_BEN', ts, 'try-again');
  expect(world.stored).toMatchObject([{ ask: { by: 'U_BEN', suppliedBy: 'U_AYA' } }]);
});

test('Try Again of a rotation that another has followed asks for nothing', async () => {
  const ts = await shown(states.wentBack);
  world.ledger.put(exampleRotation({ ...states.wentBack, at: now + 1 }, { id: 'LATER' }));
  await click('U_AYA', ts, 'try-again');
  expect(world.stored).toEqual([]);
  expect(told('U_AYA')).toContain('Another request has followed');
});

test('Enter Another Login opens the last form with the same choices, and takes the paused rotation over', async () => {
  const ts = await shown(paused());
  await click('U_AYA', ts, 'enter-another');
  const view = world.slack.openView('U_AYA');
  await world.slack.as('U_AYA').submit(view?.id ?? '', { token: 'ghp_other' });
  expect(world.stored).toMatchObject([
    {
      replaces: '7K2M9',
      password: 'ghp_other',
      ask: { why: 'planned', redeploy: 'all' },
      credentials: [{ name: 'prod/ghcr-pull' }],
    },
  ]);
});

test('an unexpected error is told with a reference that stands in the log beside the stack', async () => {
  const ts = await shown(waiting());
  world.ledger.change = () => Promise.reject(new Error('table on fire'));
  await click('U_BEN', ts, 'approve');
  expect(told('U_BEN')).toContain('reference ref1');
  expect(told('U_BEN')).not.toContain('fire');
  expect(world.lines.join('\n')).toMatch(/ref1.*table on fire|table on fire.*ref1/);
});

test('a refusal that cannot be told is logged, and the click is answered', async () => {
  const ts = await shown(waiting());
  // People are known by now, so that only the answer meets the outage.
  await world.deps.people.person('U_AYA', 'T0SANDBOX');
  world.slack.knobs.serverErrors = 1;
  expect(await click('U_AYA', ts, 'approve')).toEqual({ kind: 'ok' });
  expect((await stateNow())?.phase).toBe('waiting');
  expect(world.lines.join()).toContain('did not reach its reader');
});
