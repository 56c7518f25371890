import {
  afterChecks,
  afterConfirming,
  beginRollout,
  beginWatch,
  endGroup,
  leftOf,
  meetTrouble,
  type Terms,
} from '../../../src/rotation/rules/advance.ts';
import { addWaves, endFleet, endWave } from '../../../src/rotation/rules/advance-fleet.ts';
import type { Phase, Rotation } from '../../../src/rotation/rules/rotation.ts';
import {
  beginGoingBack,
  nextPauseReminder,
  pause,
  resume,
  wentBack,
} from '../../../src/rotation/rules/standing-still.ts';
import { hours, minutes, now, phases, recordOf, rotationIn, states } from '../fakes/example-rotation.ts';

const terms: Terms = { now, approvalMs: 4 * hours, remindMs: hours, approvalsNeeded: 1 };
const passed = { stopped: false, fingerprint: 'f2' };
const trouble = { cause: 'login', at: now } as const;
const pulled = recordOf('web', { verdict: { is: 'pulled', provedBy: 2, tasks: 2 } });

/** The one phase each rule applies to. `pause` applies to whatever runs and is not in the table. */
const rules: [string, readonly Phase[], (r: Rotation) => Rotation][] = [
  ['afterChecks', ['checking'], (r) => afterChecks(r, passed, terms)],
  ['afterConfirming', ['approved'], (r) => afterConfirming(r, { more: false, stopped: false }, terms)],
  ['beginRollout', ['changing'], (r) => beginRollout(r, { settledAt: now, groups: 3 })],
  ['beginWatch', ['rolling', 'going-back'], beginWatch],
  ['endGroup', ['rolling'], (r) => endGroup(r, 1, [pulled], now)],
  ['meetTrouble', ['fleet', 'rolling'], (r) => meetTrouble(r, trouble)],
  ['endWave', ['fleet'], (r) => endWave(r, 1)],
  ['addWaves', ['fleet'], (r) => addWaves(r, 4)],
  ['endFleet', ['fleet'], (r) => endFleet(r, { now, groups: 1, records: [], instances: [] })],
  ['beginGoingBack', ['rolling', 'paused'], (r) => beginGoingBack(r)],
  ['wentBack', ['going-back'], (r) => wentBack(r, now)],
  ['resume', ['paused'], (r) => resume(r, now)],
];

test.each(rules)('%s applies to %j and leaves every other phase as it is', (_name, applies, rule) => {
  const changed = phases.filter((phase) => {
    const rotation = rotationIn(phase);
    return rule(rotation) !== rotation;
  });
  expect(changed).toEqual(applies);
});

test('checks that passed ask for approval, for four hours, with a reminder every hour', () => {
  const asked = afterChecks(rotationIn('checking'), { ...passed, oldLoginWorks: true }, terms);
  expect(asked).toMatchObject({ checkedAt: now, oldLoginWorks: true });
  expect(asked.state).toEqual({
    phase: 'waiting',
    fingerprint: 'f2',
    round: 1,
    needed: 1,
    expiresAt: now + 4 * hours,
    remindAt: now + hours,
  });
});

test('a stop among the findings leaves nothing to approve', () => {
  const { state } = afterChecks(rotationIn('checking'), { ...passed, stopped: true }, terms);
  expect(state).toEqual({ phase: 'cannot-start', expiresAt: now + 4 * hours, remindAt: now + hours });
});

test('where no approval is needed the checks approve', () => {
  const { state } = afterChecks(rotationIn('checking'), passed, { ...terms, approvalsNeeded: 0 });
  expect(state).toEqual({ phase: 'approved', fingerprint: 'f2', round: 1 });
});

test.each([
  ['refused', false, true],
  ['accepted', true, false],
  ['not known', undefined, false],
])('a start without approval is offered only where the login in use is %s', (_is, works, isOffered) => {
  const result = { ...passed, ...(works === undefined ? {} : { oldLoginWorks: works }) };
  const { state } = afterChecks(rotationIn('checking'), result, { ...terms, emergencyAfterMs: 10 * minutes });
  expect(state).toMatchObject({ phase: 'waiting' });
  expect('emergencyFrom' in state && state.emergencyFrom).toBe(isOffered ? now + 10 * minutes : false);
});

test('more than was approved is checked again, without the approvals that were given', () => {
  const approved = rotationIn({ ...states.approved, round: 1 }, { approvals: [{ by: 'U_BEN', at: now }] });
  const again = afterConfirming(approved, { more: true, stopped: false }, terms);
  expect(again).toMatchObject({ approvals: [], state: { phase: 'checking', round: 2 } });
  expect(again.startedAt).toBeUndefined();
});

test.each([
  [1, 'checking'],
  [2, 'checking'],
  [3, 'closed'],
])('more than was approved in round %i leads to %s', (round, phase) => {
  const { state } = afterConfirming(
    rotationIn({ ...states.approved, round }),
    { more: true, stopped: false },
    terms,
  );
  expect(state.phase).toBe(phase);
  if (state.phase === 'closed')
    expect(state).toMatchObject({ outcome: 'refused', because: 'asked-too-often' });
});

test('repeated checks that stop leave nothing started, and say what they found of the login in use', () => {
  const approved = rotationIn('approved', { oldLoginWorks: true, approvals: [{ by: 'U_BEN', at: 1 }] });
  const result = { more: false, stopped: true, checked: { oldLoginWorks: false } };
  const after = afterConfirming(approved, result, terms);
  expect(after).toMatchObject({ approvals: [], oldLoginWorks: false, checkedAt: now });
  expect(after.state.phase).toBe('cannot-start');
});

test.each([
  ['refused', false, 'changing'],
  ['accepted again', true, 'checking'],
  ['of whom that is not known', undefined, 'checking'],
])('a start without approval over a login in use that is %s by then', (_what, oldLoginWorks, phase) => {
  const approvals = [{ by: 'U_DANA', at: 1, emergency: 'down' }];
  const started = rotationIn('approved', { oldLoginWorks: false, approvals, unreviewed: true });
  const result = { more: false, stopped: false, checked: { oldLoginWorks } };
  const after = afterConfirming(started, result, terms);
  expect(after.state.phase).toBe(phase);
  expect(after.unreviewed ?? false).toBe(phase === 'changing');
});

test('the rollout begins with the first group, and evidence counts from when the login has settled', () => {
  const begun = beginRollout(rotationIn('changing'), { settledAt: now + 30_000, groups: 3 });
  expect(begun.settledAt).toBe(now + 30_000);
  expect(begun.state).toEqual({
    phase: 'rolling',
    group: 0,
    groups: 3,
    step: 'restart',
    since: now + 30_000,
  });
});

test('a group that has ended is followed by the next; an old word about another group changes nothing', () => {
  const rolling = rotationIn('rolling');
  expect(endGroup(rolling, 1, [], now).state).toMatchObject({ group: 2, step: 'restart' });
  expect(endGroup(rolling, 0, [], now)).toBe(rolling);
});

test('the last group ends the rotation: done where all pulled, finished with what is left where not', () => {
  const last = rotationIn({ ...states.rolling, group: 2 });
  expect(endGroup(last, 2, [pulled], now).state).toMatchObject({
    outcome: 'done',
    because: 'proved',
    left: [],
  });
  const moved = recordOf('api', { planned: { action: 'leave-out', because: 'moved-tag' } });
  expect(endGroup(last, 2, [pulled, moved], now).state).toMatchObject({
    outcome: 'finished',
    left: [{ consumerId: 'main/production/api', name: 'api', because: 'moved-tag' }],
  });
});

test('what is left says why: by the plan, by what is unproven, or by the trouble', () => {
  const pull = { taskId: 't', container: 'app', image: 'i', cause: 'not_permitted', reason: 'r', at: now };
  const left = leftOf([
    pulled,
    recordOf('a', { planned: { action: 'leave-out', because: 'code-deploy' } }),
    recordOf('b', { verdict: { is: 'unproven', because: 'pinned-may-be-cached' } }),
    recordOf('c', { verdict: { is: 'stale', trouble: pull, tasks: 2 } }),
  ]);
  expect(left.map(({ name, because }) => `${name} ${because}`)).toEqual([
    'a code-deploy',
    'b pinned-may-be-cached',
    'c stale',
  ]);
});

test('a pause keeps its place, and trying again goes on there without the trouble', () => {
  const paused = pause(rotationIn('rolling', { settledAt: now }), trouble, true, now);
  expect(paused).toMatchObject({ trouble, state: { canGoBack: true, group: 1, groups: 3, since: now } });
  const resumed = resume(paused, now + hours);
  expect(resumed.trouble).toBeUndefined();
  expect(resumed.state).toEqual({
    phase: 'rolling',
    group: 1,
    groups: 3,
    step: 'restart',
    since: now + hours,
  });
});

test('a pause before the login had changed everywhere goes on with changing it', () => {
  expect(resume(pause(rotationIn('changing'), trouble, false, now), now).state).toEqual({
    phase: 'changing',
  });
});

test.each([
  ['move', 'move'],
  ['restart', 'restart'],
  ['watch', 'restart'],
] as const)('a pause on the way back, at %s, goes on back with %s', (step, goesOn) => {
  const back = rotationIn({ ...states['going-back'], step }, { settledAt: now });
  const resumed = resume(pause(back, trouble, false, now), now + hours);
  expect(resumed.state).toEqual({ phase: 'going-back', step: goesOn, since: now + hours });
});

test('going back keeps who chose it, and restarts once the old login has settled', () => {
  const back = beginGoingBack(rotationIn('paused'), 'U_AYA');
  expect(back.state).toEqual({ phase: 'going-back', step: 'move', since: 0, by: 'U_AYA' });
  expect(wentBack(back, now)).toMatchObject({ settledAt: now, state: { step: 'restart', since: now } });
});

test.each([
  ['at once', 0, 30 * minutes],
  ['after 29 minutes', 29 * minutes, 30 * minutes],
  ['after half an hour', 30 * minutes, 2 * hours],
  ['after two hours', 2 * hours, 26 * hours],
  ['after three days', 72 * hours, 96 * hours],
])('the next reminder of a pause, asked for %s, is in time', (_when, after, due) => {
  expect(nextPauseReminder(now, now + after)).toBe(now + due);
});
