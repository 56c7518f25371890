import { diagnosePullFailure, isCredentialTrouble, pullFailureClasses } from '../../src/ecs/pull-failure.ts';
import samples from '../vectors/pull-reasons.json' with { type: 'json' };

/** Pieces that a careless pattern would go over again and again. */
const words = [
  ' ',
  '"',
  '\n',
  'a',
  'é',
  '\uD83D',
  '(service ',
  'running (',
  'CannotPullContainerError: ',
  'https://a/v2/',
  'https://registry.example.com/v2/acme/api/manifests/',
  'failed to resolve ref ',
  'manifest for ',
  'repository a',
  'httpReadSeeker: failed open ',
  'denied: ',
  'unauthorized ',
  'status ',
  ' 50',
];

const classOf = (reason: string) => diagnosePullFailure(reason)?.class ?? 'not_a_pull';

/** What a cut text may be read as, besides the sample's own class and "undecided". */
const coarser: Readonly<Record<string, readonly string[]>> = {
  // The refusal is seen, its reason is cut off: still a refusal, and our own login decides.
  credential_rejected: ['access_denied', 'credential_refused'],
  not_permitted: ['access_denied', 'credential_refused'],
  access_denied: ['credential_refused'],
  // "toomanyrequests: too many" begins both. Neither says anything good of the login.
  login_lockout: ['rate_limited'],
  // Both mean that the role lacks a right.
  'secret_unreadable:kms': ['secret_unreadable:iam'],
  // The words that would tell ECR's login from a secret are gone.
  'ecr_auth_unreadable:iam': ['ecr_auth_unreadable:unknown'],
  'ecr_auth_unreadable:network': ['ecr_auth_unreadable:unknown'],
};
const undecided = ['unknown_pull', 'secret_unreadable:unknown'];

describe('a reason text that was cut', () => {
  const indexed = samples.map((sample, index) => ({ index, ...sample }));

  it.each(indexed)(
    'sample $index ($cls) is never read as another cause, wherever it is cut',
    ({ cls, text }) => {
      const allowed = new Set([cls, ...(coarser[cls] ?? []), ...undecided]);
      const gateAt = firstRead(text);
      for (let length = gateAt; length < text.length; length++) {
        for (const end of ['', '…', '...']) {
          expect(allowed).toContain(classOf(text.slice(0, length) + end));
        }
      }
    },
  );

  it.each([255, 1024])('at %i characters keeps the class, or says undecided', (length) => {
    const padded = samples.map(({ cls, text }) => ({
      cls,
      cut: `${text} ${'x '.repeat(600)}`.slice(0, length),
    }));
    const wrong = padded.filter(({ cls, cut }) => {
      const read = classOf(cut);
      return read !== cls && !undecided.includes(read) && !coarser[cls]?.includes(read);
    });
    expect(wrong).toEqual([]);
  });

  it('never turns trouble with the login into a cause that clears the login', () => {
    const clearing = pullFailureClasses.filter(
      (cls) => !isCredentialTrouble(cls) && cls !== 'unknown_pull' && cls !== 'rate_limited',
    );
    const troubled = samples.filter(({ text }) => diagnosePullFailure(text)?.credentialTrouble);
    const readings = troubled.flatMap(({ text }) => [...text].map((_, at) => classOf(text.slice(0, at))));
    expect(readings.filter((read) => clearing.some((cls) => cls === read))).toEqual([]);
  });

  it('claims no missing login where the answer to the anonymous token is cut off', () => {
    const cut =
      'CannotPullContainerError: failed to authorize: failed to fetch anonymous token: unexpected st…';
    expect(classOf(cut)).toBe('unknown_pull');
  });
});

describe('any text at all', () => {
  it('is read without a throw, and as a known class', () => {
    const random = randomFrom(20_261_120);
    const pieces = [...samples.map(({ text }) => text), ...words];
    const known: ReadonlySet<string> = new Set(pullFailureClasses);
    for (let round = 0; round < 5_000; round++) {
      const text = Array.from({ length: 1 + random(6) }, () =>
        scrap(pieces[random(pieces.length)] ?? '', random),
      );
      const found = diagnosePullFailure(text.join(['', ' ', ': ', '\n'][random(4)]));
      if (found) expect(known).toContain(found.class);
    }
  });

  it.each(words)('of 100,000 characters made of %j is read in under 50 ms', (word) => {
    const text = `CannotPullContainerError: ${word.repeat(Math.ceil(100_000 / word.length))}`;
    // The best of three: a busy machine says nothing about the rules.
    expect(Math.min(...[1, 2, 3].map(() => millisecondsFor(text)))).toBeLessThan(50);
  });
});

/** The length at which a sample is first read as a pull failure: before that its very name is cut. */
function firstRead(text: string): number {
  const at = [...text].findIndex((_, length) => classOf(text.slice(0, length)) !== 'not_a_pull');
  return at < 0 ? text.length : at;
}

function millisecondsFor(text: string): number {
  const start = performance.now();
  diagnosePullFailure(text);
  return performance.now() - start;
}

/** A piece of a text, now and then with a character of any kind in it, half a surrogate pair included. */
function scrap(text: string, random: (below: number) => number): string {
  const from = random(text.length + 1);
  const odd = random(3) === 0 ? String.fromCharCode(random(0x10000)) : '';
  return text.slice(from, from + random(text.length + 1)) + odd + (random(2) === 0 ? text : '');
}

/** The same numbers in every run (a linear congruential generator), so that a failure can be repeated. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
