import { readFileSync } from 'node:fs';
import { mergeRefusals, mergeSteps } from '../../src/credentials/agent/merge.ts';
import { type Problem, problemNames } from '../../src/credentials/agent/problems.ts';
import { agentProblemTexts } from '../../src/text/en/agent.ts';
import {
  agentTexts,
  mergeRefusalTexts,
  mergeStepTexts,
  notMovedTexts,
} from '../../src/text/en/agent-edit.ts';

type Facts = Omit<Problem, 'name'>;
/** From everything known to nothing, for each place. */
const knowledge: readonly Facts[] = [
  {
    key: 'registry.acme-platform.example.com:5000/team',
    member: 'password',
    source: 'ecs.config',
    line: 3,
    column: 39,
  },
  { source: 'var-lib', line: 12 },
  { source: 'json-config' },
  { source: 'user-data' },
  { key: 'ghcr.io' },
  {},
];
const unseen =
  /\b(?:canary|waves?|preflight|fingerprint|awscurrent|verdict|stale|credentials?|undefined|null|NaN)\b/i;

const sentences = Object.entries({ ...agentProblemTexts, ...mergeRefusalTexts }).flatMap(([name, text]) =>
  knowledge.flatMap((facts) => [
    [`${name} says`, text.says(facts)],
    [`${name} next`, text.next(facts)],
  ]),
);

test('every problem has its sentences, and no other', () => {
  expect(Object.keys(agentProblemTexts).sort()).toEqual([...problemNames].sort());
  expect(Object.keys(mergeRefusalTexts).sort()).toEqual([...mergeRefusals].sort());
  expect(Object.keys(mergeStepTexts).sort()).toEqual([...mergeSteps].sort());
});

test.each(sentences)('%s: %s', (_name, sentence) => {
  expect(sentence).toMatch(/^[A-Z].*[^.\s]\.$|^[a-z0-9.:-]+\.[a-z].*\.$/);
  expect(sentence).not.toMatch(unseen);
  expect(sentence).not.toMatch(/ {2}| [.,]|\.\./);
  expect(sentence?.length).toBeLessThanOrEqual(200);
});

test('what is done and why nothing moves are lines without a full stop', () => {
  const lines = [
    ...Object.values(mergeStepTexts),
    ...Object.values(notMovedTexts),
    agentTexts.comeIntoForce(['a.io']),
  ];
  for (const line of lines) expect(line).toMatch(/^[A-Z].*[^.\s]$/);
});

test('the sentences name the place', () => {
  const at = { source: 'ecs.config', line: 3, column: 39 } as const;
  expect(agentProblemTexts['data-not-json'].says(at)).toBe(
    'The value in line 3 is no JSON from character 39 on. The agent drops every login and pulls without one.',
  );
  expect(agentProblemTexts['line-repeated'].says({ source: 'var-lib', line: 2 })).toContain(
    'line 2 of /var/lib/ecs/ecs.config',
  );
});

test('S7: the better place is said', () => {
  expect(agentTexts.betterPlace).toContain('AWS Secrets Manager');
});

test('docs/agent-logins.md explains every problem and every refusal', () => {
  const page = readFileSync('docs/agent-logins.md', 'utf8');
  expect([...problemNames, ...mergeRefusals].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});
