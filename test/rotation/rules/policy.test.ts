import { can, type Person } from '../../../src/rotation/rules/policy.ts';
import { now, rotationIn } from '../fakes/example-rotation.ts';

const nobody: Person = {
  id: 'U_SAM',
  teamId: 'T1',
  isOutsider: false,
  isApprover: false,
  isRequester: false,
  mayStartInEmergency: false,
};
const people = {
  somebody: nobody,
  'who asked': { ...nobody, id: 'U_AYA', isRequester: true },
  'who asked and approves': { ...nobody, id: 'U_AYA', isApprover: true },
  'an approver': { ...nobody, id: 'U_BEN', isApprover: true },
  'another requester': { ...nobody, id: 'U_KIM', isRequester: true },
  'one of the emergency group': { ...nobody, id: 'U_DANA', mayStartInEmergency: true },
  'a guest with every role': {
    ...nobody,
    isOutsider: true,
    isApprover: true,
    isRequester: true,
    mayStartInEmergency: true,
  },
} satisfies Record<string, Person>;

type Who = keyof typeof people;
const emergency = rotationIn('rolling', { approvals: [{ by: 'U_BEN', at: now, emergency: 'down' }] });
const started = rotationIn('waiting');
const againByKim = rotationIn('waiting', {
  ask: { ...started.ask, by: 'U_KIM', suppliedBy: 'U_AYA', entry: 'stored' },
});

/** Who is refused, and why; everybody else may. */
const rules: [string, (person: Person) => string | undefined, Partial<Record<Who, string>>][] = [
  [
    'ask',
    can.ask,
    {
      somebody: 'not-requester',
      'one of the emergency group': 'not-requester',
      'a guest with every role': 'outsider',
    },
  ],
  [
    'approve',
    (person) => can.approve(person, started),
    {
      somebody: 'not-approver',
      'who asked': 'own-request',
      'who asked and approves': 'own-request',
      'another requester': 'not-approver',
      'one of the emergency group': 'not-approver',
      'a guest with every role': 'outsider',
    },
  ],
  [
    'approve what was asked for again',
    (person) => can.approve(person, againByKim),
    {
      somebody: 'not-approver',
      'who asked': 'own-login',
      'who asked and approves': 'own-login',
      'another requester': 'own-request',
      'one of the emergency group': 'not-approver',
      'a guest with every role': 'outsider',
    },
  ],
  [
    'deny',
    can.deny,
    {
      somebody: 'not-approver',
      'who asked': 'not-approver',
      'another requester': 'not-approver',
      'one of the emergency group': 'not-approver',
      'a guest with every role': 'outsider',
    },
  ],
  [
    'steer',
    (person) => can.steer(person, started),
    {
      somebody: 'not-involved',
      'another requester': 'not-involved',
      'one of the emergency group': 'not-involved',
      'a guest with every role': 'outsider',
    },
  ],
  [
    'start in an emergency',
    can.startInEmergency,
    {
      somebody: 'not-in-emergency-group',
      'who asked': 'not-in-emergency-group',
      'who asked and approves': 'not-in-emergency-group',
      'an approver': 'not-in-emergency-group',
      'another requester': 'not-in-emergency-group',
      'a guest with every role': 'outsider',
    },
  ],
  [
    'review an emergency that Ben started',
    (person) => can.review(person, emergency),
    {
      somebody: 'not-approver',
      'who asked': 'not-approver',
      'an approver': 'own-request',
      'another requester': 'not-approver',
      'one of the emergency group': 'not-approver',
      'a guest with every role': 'outsider',
    },
  ],
];

const everyone = Object.keys(people) as Who[]; // the keys of `people` are the people
const table = rules.flatMap(([act, rule, refusals]) =>
  everyone.map((who) => ({ act, who, rule, why: refusals[who], so: refusals[who] ?? 'yes' })),
);

test.each(table)('may $who $act? $so', ({ who, rule, why }) => {
  expect(rule(people[who])).toBe(why);
});
