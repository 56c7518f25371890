import type { Phase, Rotation, RotationState } from '../../../src/rotation/rules/rotation.ts';
import { nextVerb, storyOf, type Verb } from '../../../src/rotation/rules/story.ts';
import { hours, minutes, now, rotationIn, states } from '../fakes/example-rotation.ts';

const trouble = { cause: 'login', at: now } as const;

const table: [string, RotationState | Phase, Verb, Partial<Rotation>?][] = [
  ['what is being stored has no story yet', 'staging', { do: 'end' }],
  ['checks come first', 'checking', { do: 'check' }],
  ['what cannot start waits for the reminder', 'cannot-start', { do: 'decide', seconds: 3600 }],
  ['an approval is waited for until the reminder', 'waiting', { do: 'decide', seconds: 3600 }],
  [
    'an approval is waited for until the expiry, where that is sooner',
    { ...states.waiting, expiresAt: now + minutes },
    { do: 'decide', seconds: 60 },
  ],
  [
    'a part of a second is waited for as a whole one',
    { ...states.waiting, expiresAt: now + 1 },
    { do: 'decide', seconds: 1 },
  ],
  [
    'an offer of a start without approval wakes the story',
    { ...states.waiting, emergencyFrom: now + 10 * minutes },
    { do: 'decide', seconds: 600 },
  ],
  [
    'an offer that stands already wakes nobody',
    { ...states.waiting, emergencyFrom: now },
    { do: 'decide', seconds: 3600 },
  ],
  ['what has expired is ended by the reminder', { ...states.waiting, expiresAt: now }, { do: 'remind' }],
  ['a reminder that is due is given', { ...states.waiting, remindAt: now - hours }, { do: 'remind' }],
  ['what is approved is looked at once more', 'approved', { do: 'confirm' }],
  ['then the login changes', 'changing', { do: 'change' }],
  ['a group is restarted', { ...states.rolling, step: 'restart' }, { do: 'restart' }],
  ['a group is watched', 'rolling', { do: 'watch' }],
  [
    'nothing restarts before the login has settled',
    { ...states.rolling, step: 'restart' },
    { do: 'settle', seconds: 30 },
    { settledAt: now + 29_500 },
  ],
  ['hosts are changed', 'fleet', { do: 'apply' }],
  [
    'no host changes before the login has settled',
    'fleet',
    { do: 'settle', seconds: 30 },
    { settledAt: now + 30_000 },
  ],
  ['trouble of a host is judged', 'fleet', { do: 'judge' }, { trouble: { cause: 'instance', at: now } }],
  ['a stop pauses among the hosts', { ...states.fleet, stop: { by: 'U', at: now } }, { do: 'pause' }],
  [
    'going back gives the hosts the old login',
    { ...states['going-back'], step: 'fleet' },
    { do: 'apply' },
    { trouble },
  ],
  ['trouble is judged', 'rolling', { do: 'judge' }, { trouble }],
  ['a stop pauses', { ...states.rolling, stop: { by: 'U', at: now } }, { do: 'pause' }],
  [
    'a stop pauses even before the login has settled',
    { ...states.rolling, stop: { by: 'U', at: now } },
    { do: 'pause' },
    { settledAt: now + 30_000 },
  ],
  ['what stands still waits for the reminder', 'paused', { do: 'decide', seconds: 1800 }, { trouble }],
  [
    'a choice is followed, however late',
    { ...states.paused, remindAt: 0, choice: { does: 'leave', by: 'U', at: now } },
    { do: 'follow-choice' },
  ],
  ['what stood still for long is reminded of', { ...states.paused, remindAt: now }, { do: 'remind' }],
  ['going back moves the login first', 'going-back', { do: 'go-back' }, { trouble }],
  [
    'going back lets the login settle',
    { ...states['going-back'], step: 'restart' },
    { do: 'settle', seconds: 30 },
    { settledAt: now + 30_000 },
  ],
  ['going back restarts', { ...states['going-back'], step: 'restart' }, { do: 'restart' }, { trouble }],
  ['going back watches', { ...states['going-back'], step: 'watch' }, { do: 'watch' }],
  ['what has ended is tidied up', 'closed', { do: 'tidy' }],
];

const rows = table.map(([says, state, verb, changes = {}]) => ({ says, state, verb, changes }));

test.each(rows)('$says', ({ state, verb, changes }) => {
  expect(nextVerb(rotationIn(state, changes), now)).toEqual(verb);
});

test('a rotation that is nowhere ends the story', () => {
  expect(storyOf(undefined, now)).toEqual({ do: 'end' });
});

test('a state nobody knows is an error and not a guess', () => {
  const state = { phase: 'dreaming' } as unknown as RotationState; // as a newer version might have written it
  expect(() => nextVerb(rotationIn(state), now)).toThrow('dreaming');
});
