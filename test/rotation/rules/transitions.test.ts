import type { Phase, Rotation } from '../../../src/rotation/rules/rotation.ts';
import {
  approve,
  cancel,
  checkAgain,
  choose,
  close,
  deny,
  expire,
  isOpen,
  isUnapproved,
  mayBeReplaced,
  replace,
  review,
  startInEmergency,
  stop,
  type Transition,
} from '../../../src/rotation/rules/transitions.ts';
import { hours, minutes, now, phases, rotationIn, states } from '../fakes/example-rotation.ts';

const click = { by: 'U_BEN', at: now };

/** What each click makes of every phase; a phase that is not named refuses with the word in `else`. */
const clicks: Record<
  string,
  { does: (r: Rotation) => Transition<string>; into: Partial<Record<Phase, Phase>>; else: string }
> = {
  approve: {
    does: (r) => approve(r, { ...click, fingerprint: 'f1' }),
    into: { waiting: 'approved' },
    else: 'not-waiting',
  },
  deny: { does: (r) => deny(r, click), into: { waiting: 'closed' }, else: 'not-waiting' },
  cancel: {
    does: (r) => cancel(r, click),
    into: { staging: 'closed', checking: 'closed', 'cannot-start': 'closed', waiting: 'closed' },
    else: 'too-late',
  },
  'check again': {
    does: (r) => checkAgain(r, click),
    into: { 'cannot-start': 'checking', waiting: 'checking' },
    else: 'not-waiting',
  },
  'expiry after 4 hours': {
    does: (r) => expire(r, now + 4 * hours),
    into: { 'cannot-start': 'closed', waiting: 'closed' },
    else: 'not-due',
  },
  replace: {
    does: (r) => replace(r, click),
    into: {
      staging: 'closed',
      checking: 'closed',
      'cannot-start': 'closed',
      waiting: 'closed',
      paused: 'closed',
    },
    else: 'approved',
  },
  stop: { does: (r) => stop(r, click), into: { fleet: 'fleet', rolling: 'rolling' }, else: 'not-rolling' },
  'try again': {
    does: (r) => choose(r, { ...click, does: 'try-again' }),
    into: { paused: 'paused' },
    else: 'not-paused',
  },
};

const table = Object.entries(clicks).flatMap(([name, rule]) =>
  phases.map((phase) => ({ name, phase, ...rule, result: rule.into[phase] ?? `refused: ${rule.else}` })),
);

test.each(table)('$name makes of $phase: $result', ({ does, phase, into, else: word }) => {
  const answer = does(rotationIn(phase));
  const expected = into[phase];
  if (expected) expect(answer).toMatchObject({ rotation: { state: { phase: expected } } });
  else expect(answer).toEqual({ refused: word });
});

test.each(phases)('no click changes the record of %s that it is given', (phase) => {
  const rotation = rotationIn(phase);
  const before = JSON.stringify(rotation);
  for (const { does } of Object.values(clicks)) does(rotation);
  expect(JSON.stringify(rotation)).toBe(before);
});

test.each([
  ['another plan', { by: 'U_BEN', at: now, fingerprint: 'f2' }, 'other-plan'],
  ['the moment it expires', { by: 'U_BEN', at: now + 4 * hours, fingerprint: 'f1' }, 'expired'],
  ['the same person again', { by: 'U_KIM', at: now, fingerprint: 'f1' }, 'already-counted'],
])('an approval is refused for %s', (_why, approval, refused) => {
  const rotation = rotationIn({ ...states.waiting, needed: 2 }, { approvals: [{ by: 'U_KIM', at: now }] });
  expect(approve(rotation, approval)).toEqual({ refused });
});

test('the first of two approvals is counted and waits on; the second goes on with the approved plan', () => {
  const first = approve(rotationIn({ ...states.waiting, needed: 2, round: 2 }), {
    ...click,
    fingerprint: 'f1',
  });
  if ('refused' in first) throw new Error(first.refused);
  expect(first.rotation.state.phase).toBe('waiting');
  const second = approve(first.rotation, { by: 'U_KIM', at: now, fingerprint: 'f1' });
  if ('refused' in second) throw new Error(second.refused);
  expect(second.rotation.state).toEqual({ phase: 'approved', fingerprint: 'f1', round: 2 });
  expect(second.rotation.approvals.map(({ by }) => by)).toEqual(['U_BEN', 'U_KIM']);
});

test('denying after the expiry is refused, and before it keeps who and why', () => {
  expect(deny(rotationIn('waiting'), { ...click, at: now + 4 * hours })).toEqual({ refused: 'expired' });
  expect(deny(rotationIn('waiting'), { ...click, note: 'wrong week' })).toMatchObject({
    rotation: {
      state: { outcome: 'refused', because: 'denied', by: 'U_BEN', note: 'wrong week', left: [] },
    },
  });
});

test.each([
  ['not offered at all', undefined, 0, 'not-offered'],
  ['not offered yet', now + 10 * minutes, 9 * minutes, 'not-offered'],
  ['expired', now + 10 * minutes, 4 * hours, 'expired'],
])('a start without approval is refused where it is %s', (_why, emergencyFrom, after, refused) => {
  const state = { ...states.waiting, ...(emergencyFrom ? { emergencyFrom } : {}) };
  expect(startInEmergency(rotationIn(state), { ...click, at: now + after, reason: 'down' })).toEqual({
    refused,
  });
});

test('a start without approval redeploys only what fails, and stays marked until it is reviewed', () => {
  const waiting = rotationIn({ ...states.waiting, emergencyFrom: now });
  const answer = startInEmergency(waiting, { ...click, reason: 'prod is down' });
  if ('refused' in answer) throw new Error(answer.refused);
  expect(answer.rotation).toMatchObject({
    ask: { redeploy: 'failing' },
    unreviewed: true,
    approvals: [{ by: 'U_BEN', emergency: 'prod is down' }],
    state: { phase: 'approved' },
  });
  const reviewed = review(answer.rotation);
  expect(reviewed).toMatchObject({ rotation: { unreviewed: false, generation: 1 } });
  const ended = close(answer.rotation, { outcome: 'done', because: 'proved', at: 1 });
  expect(review(ended)).toMatchObject({ rotation: { unreviewed: false, generation: 2 } });
  expect(review(waiting)).toEqual({ refused: 'nothing-to-review' });
});

test('checking again forgets approvals and what went wrong before, and counts the rounds anew', () => {
  const trouble = { cause: 'unexpected', at: now } as const;
  const rotation = rotationIn({ ...states.waiting, round: 3 }, { approvals: [click], trouble });
  const answer = checkAgain(rotation, click);
  if ('refused' in answer) throw new Error(answer.refused);
  expect(answer.rotation).toMatchObject({ approvals: [], state: { phase: 'checking', round: 1 } });
  expect(answer.rotation.trouble).toBeUndefined();
});

test('the first choice on the paused screen counts, and going back only where it is offered', () => {
  const chosen = rotationIn({ ...states.paused, choice: { does: 'leave', by: 'U_AYA', at: now } });
  expect(choose(chosen, { ...click, does: 'try-again' })).toEqual({ refused: 'already-chosen' });
  const noWay = rotationIn({ ...states.paused, canGoBack: false });
  expect(choose(noWay, { ...click, does: 'go-back' })).toEqual({ refused: 'cannot-go-back' });
  expect(choose(rotationIn('paused'), { ...click, does: 'go-back' })).toMatchObject({
    rotation: { state: { phase: 'paused', choice: { does: 'go-back', by: 'U_BEN' } } },
  });
});

test('a second Stop is refused, and the first keeps who pressed it', () => {
  const answer = stop(rotationIn('rolling'), click);
  if ('refused' in answer) throw new Error(answer.refused);
  expect(answer.rotation.state).toMatchObject({ stop: click, step: 'watch' });
  expect(stop(answer.rotation, { by: 'U_KIM', at: now })).toEqual({ refused: 'already-stopped' });
});

test('nothing is due one millisecond before the expiry', () => {
  expect(expire(rotationIn('waiting'), now + 4 * hours - 1)).toEqual({ refused: 'not-due' });
});

test('unapproved, replaceable and open say of every phase what the design says', () => {
  const of = (is: (r: Rotation) => boolean) => phases.filter((phase) => is(rotationIn(phase)));
  expect(of(isUnapproved)).toEqual(['staging', 'checking', 'cannot-start', 'waiting']);
  expect(of(mayBeReplaced)).toEqual(['staging', 'checking', 'cannot-start', 'waiting', 'paused']);
  expect(of((r) => !isOpen(r))).toEqual(['closed']);
});
