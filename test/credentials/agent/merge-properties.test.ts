import { readEngineLogins } from '../../../src/credentials/agent/ecs-config.ts';
import { hostOf, withoutScheme } from '../../../src/credentials/agent/keys.ts';
import { DATA, TYPE } from '../../../src/credentials/agent/layers.ts';
import { linesOf, settingsIn } from '../../../src/credentials/agent/lines.ts';
import { digestOf } from '../../../src/credentials/agent/login-text.ts';
import { mergeLogin } from '../../../src/credentials/agent/merge.ts';
import { membersOf } from '../../../src/credentials/secret/json-object.ts';
import { encoded, loginOf } from './example-config.ts';

/** Numbers from a seed, so that a failure can be run again. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const keys = [
  'ghcr.io',
  'https://ghcr.io',
  'ghcr.io/acme',
  'quay.io',
  'reg.io:5000',
  'https://index.docker.io/v1/',
  'auths',
  'ghcr.io/',
];
const blanks = ['', '', '', ' ', '\t'];
const others = [
  'ECS_CLUSTER=prod',
  '# note',
  '',
  'ECS_LOGLEVEL=debug ',
  'A="x=y"',
  '#ECS_ENGINE_AUTH_DATA={}',
  'export B=1',
];

/** A file as people leave them: other lines, repeated settings, both formats, odd blanks, odd line ends. */
function makeFile(below: (n: number) => number): string {
  const pick = (from: readonly string[]): string => from[below(from.length)] ?? '';
  const format = pick(['dockercfg', 'dockercfg', 'docker']);
  const value = () => {
    const pair = `u${below(9)}:p${below(9)}`;
    const [user, password] = pair.split(':');
    const odd = pick(['null', '{}', '{"auth":"%"}', '{"auth":1}', '"x"', '{"email":"e"}']);
    if (below(8) === 0) return odd;
    return format === 'docker'
      ? `{"username":"${user}","password":"${password}"}`
      : `{"auth":"${encoded(pair)}"}`;
  };
  const member = () =>
    `${pick(blanks)}"${pick(keys)}"${pick(blanks)}:${pick(blanks)}${value()}${pick(blanks)}`;
  const document = () =>
    below(10) === 0
      ? pick(['', '{', 'null', "'{}'", '{\n}'])
      : `{${Array.from({ length: below(5) }, member).join(',')}}`;
  const setting = () =>
    below(2) === 0
      ? `${TYPE}=${below(9) === 0 ? pick(['', 'Docker', '"docker"']) : format}`
      : `${DATA}=${document()}`;
  const lines = Array.from({ length: below(7) }, () => (below(3) === 0 ? pick(others) : setting()));
  const end = pick(['\n', '\n', '\r\n']);
  return lines.join(end) + pick(['', end]);
}

const fresh = loginOf('acme-pull', 'n3w:token');
const registries = ['ghcr.io', 'docker.io', 'ghcr.io/acme', 'reg.io:5000'];

const cases = Array.from({ length: 3_000 }, (_, index) => {
  const below = numbersFrom(index + 1);
  const text = makeFile(below);
  const registry = registries[below(registries.length)] ?? 'ghcr.io';
  return { text, registry, turnToDockercfg: below(2) === 0 };
});

test('after a merge the agent finds the new login, whatever the file was', () => {
  for (const { text, registry, turnToDockercfg } of cases) {
    const merged = mergeLogin({ text, registry, turnToDockercfg, login: fresh });
    if (merged.is === 'refused') throw new Error(`${merged.because}: ${text}`);
    const key = registry === 'docker.io' ? 'index.docker.io/v1/' : registry;
    const found = readEngineLogins(merged.text).get(key);
    expect([text, found?.userName, found?.password.equals(fresh.password)]).toEqual([
      text,
      'acme-pull',
      true,
    ]);
  }
});

test('a merge changes no other login that the agent uses, and names those it would use from now on', () => {
  for (const { text, registry, turnToDockercfg } of cases) {
    const merged = mergeLogin({ text, registry, turnToDockercfg, login: fresh });
    if (merged.is === 'refused') continue;
    const own = [
      registry === 'docker.io' ? 'index.docker.io/v1/' : registry,
      hostOf(registry),
      `${registry}/`,
    ];
    const before = [...readEngineLogins(text)].filter(([key]) => !own.includes(key));
    const after = readEngineLogins(merged.text);
    for (const [key, login] of before) {
      const kept = after.get(key);
      expect([text, key, kept?.userName]).toEqual([text, key, login.userName]);
      expect(kept?.password.equals(login.password)).toBe(true);
    }
    const come = [...after.keys()].filter(
      (key) => !own.includes(key) && !before.some(([old]) => old === key),
    );
    expect([text, come]).toEqual([text, merged.comeIntoForce]);
  }
});

test('a merge keeps every other line, in its order, byte for byte', () => {
  const otherLines = (text: string) =>
    linesOf(text)
      .filter((line) => settingsIn([line]).every(({ name }) => name !== DATA && name !== TYPE))
      .map(({ lead, content, trail }) => lead + content + trail.replace('\r', ''))
      .filter((line) => line !== '' && line !== '}');
  for (const { text, registry } of cases) {
    const merged = mergeLogin({ text, registry, login: fresh });
    if (merged.is === 'refused') continue;
    expect(otherLines(merged.text)).toEqual(otherLines(text));
    if (!text.includes('\r')) expect(merged.text).not.toContain('\r');
  }
});

test('a merge keeps every other entry byte for byte', () => {
  const dataOf = (text: string) =>
    settingsIn(linesOf(text)).findLast(({ name }) => name === DATA)?.value ?? '';
  const rawOf = (data: string, own: string) =>
    (membersOf(data) ?? [])
      .filter(({ key, value }) => withoutScheme(key).replace(/\/$/, '') !== own && typeof value === 'object')
      .map(({ key, start, end }) => `${key} ${data.slice(start, end)}`);
  for (const { text, registry } of cases.filter(({ registry }) => registry === 'reg.io:5000')) {
    const merged = mergeLogin({ text, registry, login: fresh });
    if (merged.is === 'refused') continue;
    const kept = rawOf(dataOf(merged.text), registry).filter((raw) => !raw.endsWith('{"auth":1}'));
    const before = rawOf(dataOf(text), registry).filter((raw) => !raw.endsWith('{"auth":1}'));
    expect([text, kept]).toEqual([text, before]);
  }
});

test('after a merge of a namespace the host has a key of its own', () => {
  for (const { text } of cases) {
    const merged = mergeLogin({ text, registry: 'ghcr.io/acme', login: fresh });
    if (merged.is === 'refused') continue;
    const data = settingsIn(linesOf(merged.text)).findLast(({ name }) => name === DATA)?.value ?? '';
    expect(membersOf(data)?.map(({ key }) => withoutScheme(key))).toContain('ghcr.io');
  }
});

test('a second merge changes nothing', () => {
  for (const request of cases) {
    const once = mergeLogin({ ...request, login: fresh });
    if (once.is === 'refused') continue;
    const twice = mergeLogin({ ...request, text: once.text, login: fresh });
    expect(twice).toMatchObject({ text: once.text, changed: false, comeIntoForce: [] });
  }
});

describe('digestOf', () => {
  const salt = '0123456789abcdef';

  it('is PBKDF2 over user:password, as Python computes it', () => {
    expect(digestOf(loginOf('acme-pull', 'n3w:token'), salt)).toBe('5c1b3cba14c032701a0d6d22');
  });

  it('tells logins and salts apart', () => {
    const digests = [
      digestOf(fresh, salt),
      digestOf(loginOf('acme-pull', 'other'), salt),
      digestOf(fresh, `${salt}0`),
    ];
    expect(new Set(digests).size).toBe(3);
    expect(digests.every((digest) => /^[0-9a-f]{24}$/.test(digest))).toBe(true);
  });
});
