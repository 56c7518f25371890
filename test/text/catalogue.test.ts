import { type CheckName, checkWeights } from '../../src/rotation/rules/checks.ts';
import { textsFor } from '../../src/text/catalogue.ts';

const texts = textsFor('en-US');

type Sentence = (...args: unknown[]) => unknown;

/** Every sentence of the catalogue, with stand-ins where names go. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  // Function says nothing of its parameters; `fill` finds out by trying.
  if (typeof value === 'function') return [[path, fill(value as Sentence)]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => sentences(inner, `${path}.${name}`));
}

/** Calls a sentence with whatever it takes: tried with texts, numbers, lists and facts until one fits. */
function fill(sentence: Sentence): string {
  const facts = new Proxy({}, { get: (_target, name) => (name === Symbol.toPrimitive ? () => 'x' : 'x') });
  const candidates: unknown[][] = [
    ['x', 'y', 'z', 'v'],
    [2, 3, 4],
    [['a', 'b'], 2],
    ['x', ['a', 'b'], ['c']],
    [facts],
    ['x', facts],
    [[{ name: 'web', running: 2, desired: 4 }]],
  ];
  return candidates.map((args) => attempt(sentence, args)).join(' | ');
}

function attempt(sentence: Sentence, args: unknown[]): string {
  try {
    return String(sentence(...args));
  } catch {
    return '';
  }
}

const all = sentences(texts);
const neverSeen =
  /AWSCURRENT|AWSPENDING|canary|\bwaves?\b|preflight|fingerprint|staging label|verdict|\bstale\b|credential kind/i;

test('has a few hundred sentences, so that this looks at something', () => {
  expect(all.length).toBeGreaterThan(250);
});

test.each(all)('%s has no word of the trade', (_path, sentence) => {
  expect(sentence).not.toMatch(neverSeen);
});

test.each(Object.keys(checkWeights))('the finding %s is one line without a full stop at its end', (check) => {
  const facts = {
    repository: 'acme/api',
    registry: 'ghcr.io',
    service: 'api',
    name: 'n',
    owner: 'o',
    role: 'r',
    why: 'limits',
    because: 'timeout',
    image: 'i',
    count: '31',
    ready: '3',
    of: '4',
    hosts: 'i-0c3:4:eu-west-1a i-0d1:0:',
    more: '2',
    problem: 'data-not-json',
  };
  // Object.keys forgets that these are the keys.
  const line = texts.checks.finding(check as CheckName, facts);
  expect(line).toMatch(/^\S.+[^.\s]$|may\.$/);
  expect(line).not.toContain('\n');
  expect(line).not.toContain('undefined');
});

test.each(Object.entries(checkWeights).filter(([, weight]) => weight === 'stop'))(
  'the stop %s says what to do',
  (check) => {
    expect(texts.checks.next(check as CheckName, { role: 'r', name: 'n', owner: 'o' })).toMatch(/\.$/);
  },
);

test('keeps titles and buttons of forms within 24 characters', () => {
  const { form, approval } = texts;
  const short = [form.title, form.next, form.askForApproval, form.cancel, form.close];
  const dialogs = [
    approval.denyTitle,
    approval.emergencyTitle,
    approval.servicesTitle,
    approval.deny,
    approval.start,
  ];
  for (const text of [...short, ...dialogs]) expect(text.length).toBeLessThanOrEqual(24);
});

test('calls the Hub by the name people know', () => {
  expect(texts.approval.title('docker.io')).toBe('New login for Docker Hub');
  expect(texts.approval.title('ghcr.io')).toBe('New login for ghcr.io');
});

test.each([
  [1, '1 secret gets the new login.'],
  [2, '2 secrets get the new login.'],
])('counts %i as people do', (n, sentence) => {
  expect(texts.approval.gets(n)).toBe(sentence);
});
