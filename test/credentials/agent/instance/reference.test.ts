import { readEngineAuth, readEngineLogins } from '../../../../src/credentials/agent/ecs-config.ts';
import { mergeLogin } from '../../../../src/credentials/agent/merge.ts';
import { SecretValue } from '../../../../src/secret-value.ts';
import { askScript, type Case, isPython, type ScriptAnswer } from './ask-script.ts';
import { makeCases } from './cases.ts';

/**
 * The script on the instance is a second writing of the reference, in another language: on every case both must
 * come to the same text, the same logins, the same refusal. PYTHON27 may name a Python 2.7 to be held to it as well.
 * Not run where there is no python3, and says so.
 */
const { PYTHON27 } = process.env;
const pythons = ['python3', ...(PYTHON27 ? [PYTHON27] : [])].map((python) => ({
  python,
  isHere: isPython(python, python === PYTHON27 ? '2.7' : '3'),
}));
const title = ({ python, isHere }: { python: string; isHere: boolean }): string =>
  `the script under ${python}${isHere ? '' : ', which is not installed here,'}`;

describe.each(pythons.map((one) => [title(one), one] as const))('%s', (_, { python, isHere }) => {
  const test = isHere ? globalThis.test : globalThis.test.skip;
  const cases = makeCases();
  let answers: readonly ScriptAnswer[];

  beforeAll(() => {
    answers = askScript(python, cases);
  });

  test('merges every configuration to the same bytes as the reference, or refuses it for the same reason', () => {
    expect(differing(cases, answers, (answer) => answer.merged, merge)).toEqual([]);
  });

  test('finds the logins that the agent would use, and the type', () => {
    const told = ({ logins, type }: ScriptAnswer) => ({ logins: [...logins].sort(), type });
    expect(differing(cases, answers, told, readLogins)).toEqual([]);
  });

  test('tells of a problem wherever the reference does, by one of the names that the reference gives', () => {
    const wrong = cases.flatMap((one, index) => {
      const script = namesOf(answers[index]?.problems ?? []);
      const reference = namesOf(readEngineAuth(one.text, one).problems);
      const isSame = script.length > 0 === reference.length > 0;
      return isSame && script.every((name) => reference.includes(name)) ? [] : [{ one, script, reference }];
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });
});

/** The first few cases on which they differ, to be read. */
function differing<T>(
  cases: readonly Case[],
  answers: readonly ScriptAnswer[],
  told: (answer: ScriptAnswer) => T,
  wanted: (one: Case) => T,
): readonly unknown[] {
  expect(answers).toHaveLength(cases.length);
  const compared = cases.flatMap((one, index) => {
    const answer = answers[index];
    return answer ? [{ case: one, script: told(answer), reference: wanted(one) }] : [];
  });
  return compared
    .filter(({ script, reference }) => JSON.stringify(script) !== JSON.stringify(reference))
    .slice(0, 3);
}

function merge(one: Case): ScriptAnswer['merged'] {
  const merged = mergeLogin({
    text: one.text,
    beneath: one,
    registry: one.registry,
    login: { userName: one.userName, password: SecretValue.of(one.password) },
    turnToDockercfg: one.turn ?? false,
  });
  return merged.is === 'merged' ? { text: merged.text } : { refused: merged.because };
}

function readLogins(one: Case): Pick<ScriptAnswer, 'logins' | 'type'> {
  const logins = [...readEngineLogins(one.text, one)].map(
    ([key, { userName, password }]) => [key, userName, password.reveal()] as const,
  );
  return { logins: logins.sort(), type: readEngineAuth(one.text, one).type };
}

/** What the script does not tell apart or leaves to whoever reads the whole file. */
const untold = new Set<string>([
  'line-repeated',
  'line-misnamed',
  'line-commented',
  'byte-order-mark',
  'hides-another',
  'user-data-ignored',
  'user-data-writes-login',
  'auth-not-text',
  'key-twice',
  'scheme-twins',
  'key-upper-case',
]);

/** Two names by which the reference says more exactly why the data is no JSON. */
const coarser: Readonly<Record<string, readonly string[]>> = {
  'data-spans-lines': ['data-not-json', 'data-quoted'],
  'data-in-string': ['data-not-object', 'data-quoted'],
};

const namesOf = (problems: readonly { readonly name: string }[]): string[] =>
  [...new Set(problems.flatMap(({ name }) => [name, ...(coarser[name] ?? [])]))].filter(
    (name) => !untold.has(name),
  );
