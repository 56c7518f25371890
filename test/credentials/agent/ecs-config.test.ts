import { readEngineAuth, readEngineLogins } from '../../../src/credentials/agent/ecs-config.ts';
import type { Problem } from '../../../src/credentials/agent/problems.ts';
import { config, dockercfg, encoded, loginOf, seedSample } from './example-config.ts';

const good = encoded('u:p');
const healthy = config(dockercfg({ 'ghcr.io': 'u:p', 'https://quay.io': 'q:r' }));

describe('a healthy configuration', () => {
  it('is read as the agent reads it, schemes stripped, with no problem', () => {
    expect(readEngineAuth(healthy)).toEqual({
      type: 'dockercfg',
      registries: ['ghcr.io', 'quay.io'],
      withoutLogin: [],
      problems: [],
    });
  });

  it('gives its logins wrapped', () => {
    const logins = readEngineLogins(healthy);
    expect([...logins.keys()]).toEqual(['ghcr.io', 'quay.io']);
    expect(logins.get('quay.io')?.userName).toBe('q');
    expect(logins.get('quay.io')?.password.equals(loginOf('q', 'r').password)).toBe(true);
    expect(JSON.stringify([...logins])).not.toContain('"r"');
  });

  it.each([
    ['Windows line ends', healthy.replaceAll('\n', '\r\n')],
    ['no final newline', healthy.trimEnd()],
    ['blanks at both ends of lines', healthy.replaceAll('\n', ' \t\n  ')],
    ['a blank before the type, which the agent trims', healthy.replace('TYPE=', 'TYPE= ')],
    ['a line that is none', `# comment\n\nnonsense\n${healthy}`],
  ])('may have %s', (_what, text) => {
    expect(readEngineAuth(text)).toEqual(readEngineAuth(healthy));
  });

  it('may hold passwords with colons: the first colon splits', () => {
    const login = readEngineLogins(config(dockercfg({ 'ghcr.io': 'u:p:q' }))).get('ghcr.io');
    expect(login?.userName).toBe('u');
    expect(login?.password.equals(loginOf('u', 'p:q').password)).toBe(true);
  });

  it('is nothing at all where nothing is set', () => {
    const nothing = { type: '', registries: [], withoutLogin: [], problems: [] };
    expect(readEngineAuth('')).toEqual(nothing);
    expect(readEngineAuth('ECS_CLUSTER=prod\n')).toEqual(nothing);
  });

  it('of the type docker holds plain text, and tokens in place of passwords', () => {
    const data = '{"ghcr.io":{"Username":"u","password":"p","email":"e"},"quay.io":{"identitytoken":"t"}}';
    expect(readEngineAuth(config(data, 'docker'))).toMatchObject({
      type: 'docker',
      registries: ['ghcr.io', 'quay.io'],
      problems: [],
    });
    expect([...readEngineLogins(config(data, 'docker')).keys()]).toEqual(['ghcr.io']);
  });
});

describe("the article's sample (rows S3 and S4)", () => {
  it('S3: is found broken where the comma stands, and gives the agent no login', () => {
    expect(readEngineAuth(seedSample)).toEqual({
      type: 'dockercfg',
      registries: [],
      withoutLogin: [],
      problems: [{ name: 'data-not-json', source: 'ecs.config', line: 3, column: 39 }],
    });
  });

  it('S4: with the comma mended is found broken again: the base64 is no text', () => {
    const { problems } = readEngineAuth(seedSample.replace('"auth",', '"auth":'));
    expect(problems).toEqual([{ name: 'auth-not-text', key: 'index.docker.io/v1/' }]);
  });

  it('S4: with both mended is read', () => {
    const mended = seedSample.replace('"auth",', '"auth":').replace('a2vp', 'a2Vp');
    expect(readEngineAuth(mended)).toMatchObject({ registries: ['index.docker.io/v1/'], problems: [] });
    expect(readEngineLogins(mended).get('index.docker.io/v1/')?.userName).toBe('keithaws');
  });

  it("S4: pasted whole from docker login's config.json gives the agent no login", () => {
    const pasted = `{\n\t"auths": {\n\t\t"ghcr.io": {\n\t\t\t"auth": "${good}"\n\t\t}\n\t}\n}`;
    expect(readEngineAuth(config(pasted))).toMatchObject({
      registries: [],
      problems: [{ name: 'data-spans-lines', line: 3 }],
    });
    const oneLine = config(JSON.stringify(JSON.parse(pasted)));
    expect(readEngineAuth(oneLine)).toMatchObject({
      registries: [],
      problems: [{ name: 'auths-wrapper', key: 'auths' }],
    });
  });
});

/** The whole is lost: no registry is left, and one problem says why. */
const lost: readonly [name: Problem['name'], text: string][] = [
  ['type-empty', `ECS_ENGINE_AUTH_DATA=${dockercfg({ 'ghcr.io': 'u:p' })}`],
  ['type-empty', config(dockercfg({ 'ghcr.io': 'u:p' }), '')],
  ['type-case', config(dockercfg({ 'ghcr.io': 'u:p' }), 'Dockercfg')],
  ['type-quoted', config(dockercfg({ 'ghcr.io': 'u:p' }), '"dockercfg"')],
  ['type-unknown', config(dockercfg({ 'ghcr.io': 'u:p' }), 'basic')],
  ['data-missing', 'ECS_ENGINE_AUTH_TYPE=dockercfg'],
  ['data-missing', config('')],
  ['data-quoted', config(`'${dockercfg({ 'ghcr.io': 'u:p' })}'`)],
  ['data-quoted', config(`"${dockercfg({ 'ghcr.io': 'u:p' }).replaceAll('"', '\\"')}"`)],
  ['data-not-json', config(`${dockercfg({ 'ghcr.io': 'u:p' })},`)],
  ['data-not-json', config(`{'ghcr.io':{'auth':'${good}'}}`)],
  ['data-not-object', config('null')],
  ['data-not-object', config(`["${good}"]`)],
  ['member-not-object', config(`{"ghcr.io":{"auth":"${good}"},"credsStore":"desktop"}`)],
  ['member-not-object', config(`{"ghcr.io":"${good}"}`)],
  ['member-not-text', config(`{"ghcr.io":{"auth":"${good}"},"quay.io":{"auth":1}}`)],
  ['member-not-text', config('{"ghcr.io":{"username":"u","password":"p","email":5}}', 'docker')],
  ['member-not-text', config('{"ghcr.io":{"username":"u","password":["p"]}}', 'docker')],
];

test.each(lost)('%s empties everything: %j', (name, text) => {
  const { registries, withoutLogin, problems } = readEngineAuth(text);
  expect([registries, withoutLogin]).toEqual([[], []]);
  expect(problems.map((problem) => problem.name)).toEqual([name]);
});

/** One entry is lost, ghcr.io beside it is not. */
const skipped: readonly [name: Problem['name'], key: string, entry: string, type?: string][] = [
  ['auth-not-base64', 'quay.io', '{"auth":"dTp"}'],
  ['auth-not-base64', 'quay.io', '{"auth":"dTr_"}'],
  ['auth-not-base64', 'quay.io', '{"auth":"dTpw "}'],
  ['auth-without-colon', 'quay.io', `{"auth":"${encoded('no colon')}"}`],
  ['plain-in-dockercfg', 'quay.io', '{"username":"u","password":"p"}'],
  ['entry-without-login', 'quay.io', 'null'],
  ['entry-without-login', 'quay.io', '{"email":"e"}'],
  ['user-name-empty', 'quay.io', `{"auth":"${encoded(':p')}"}`],
  ['auth-not-decoded', 'quay.io', `{"auth":"${good}"}`, 'docker'],
  ['entry-without-login', 'quay.io', '{}', 'docker'],
  ['user-name-empty', 'quay.io', '{"password":"p"}', 'docker'],
  ['hub-key-never-used', 'docker.io', `{"auth":"${good}"}`],
  ['hub-key-never-used', 'index.docker.io', `{"auth":"${good}"}`],
  ['hub-key-never-used', 'index.docker.io/v1', `{"auth":"${good}"}`],
  ['hub-key-never-used', 'index.docker.io/v1/acme', `{"auth":"${good}"}`],
  ['ecr-key-never-used', '111122223333.dkr.ecr.eu-west-1.amazonaws.com', `{"auth":"${good}"}`],
  ['key-never-matches', 'HTTPS://quay.io', `{"auth":"${good}"}`],
];

test.each(skipped)('%s loses the entry %s: %s', (name, key, entry, type = 'dockercfg') => {
  const whole = type === 'docker' ? '{"username":"u","password":"p"}' : `{"auth":"${good}"}`;
  const { registries, problems } = readEngineAuth(config(`{"${key}":${entry},"ghcr.io":${whole}}`, type));
  expect(registries).toEqual(['ghcr.io']);
  const isTold = name !== 'key-never-matches';
  expect(problems).toEqual([isTold ? { name, key } : { name }]);
});

test('an entry without a login still holds its place in the agent of the type docker', () => {
  const data = `{"ghcr.io/acme":{"auth":"${good}"},"ghcr.io":{"username":"u","password":"p"}}`;
  expect(readEngineAuth(config(data, 'docker'))).toMatchObject({
    registries: ['ghcr.io'],
    withoutLogin: ['ghcr.io/acme'],
  });
});

test.each([
  ['CR and LF within', '{"auth":"dT\\r\\npw"}'],
  ['bits left over', '{"auth":"dTpwcR=="}'],
  ['a name in other letters', '{"AUTH":"dTpw"}'],
  ['a null behind it', '{"auth":"dTpw","Auth":null}'],
  ['wrong types in members that are not looked at', '{"auth":"dTpw","email":1,"username":{}}'],
])('an auth with %s is used', (_what, entry) => {
  expect(readEngineAuth(config(`{"ghcr.io":${entry}}`))).toMatchObject({
    registries: ['ghcr.io'],
    problems: [],
  });
});

describe('keys', () => {
  const read = (logins: Readonly<Record<string, string>>) => readEngineAuth(config(dockercfg(logins)));

  it("take Docker Hub's under its one exact key, with or without scheme", () => {
    for (const key of ['https://index.docker.io/v1/', 'http://index.docker.io/v1/', 'index.docker.io/v1/'])
      expect(read({ [key]: 'u:p' })).toMatchObject({ registries: ['index.docker.io/v1/'], problems: [] });
  });

  it('that differ by scheme only are one, and which login wins is chance', () => {
    expect(read({ 'https://ghcr.io': 'a:1', 'ghcr.io': 'b:2' })).toMatchObject({
      registries: ['ghcr.io'],
      problems: [{ name: 'scheme-twins', key: 'ghcr.io' }],
    });
  });

  it('of which one twin cannot be read are one without chance', () => {
    const data = `{"https://ghcr.io":{"auth":"x"},"ghcr.io":{"auth":"${good}"}}`;
    expect(readEngineAuth(config(data)).problems).toEqual([{ name: 'auth-not-base64', key: 'ghcr.io' }]);
  });

  it('that are written twice count as the last, whole', () => {
    const twice = `{"ghcr.io":{"auth":"${good}"},"ghcr.io":{"auth":"${encoded('v:w')}"}}`;
    expect(readEngineAuth(config(twice)).problems).toEqual([{ name: 'key-twice', key: 'ghcr.io' }]);
    expect(readEngineLogins(config(twice)).get('ghcr.io')?.userName).toBe('v');
    const emptied = `{"ghcr.io":{"auth":"${good}"},"ghcr.io":{}}`;
    expect(readEngineAuth(config(emptied)).registries).toEqual([]);
  });

  it('for several namespaces want one for the host alone', () => {
    expect(read({ 'ghcr.io/a': 'u:p', 'ghcr.io/b': 'v:q' }).problems).toEqual([
      { name: 'host-key-missing', key: 'ghcr.io' },
    ]);
    expect(read({ 'ghcr.io/a': 'u:p', 'ghcr.io/b': 'v:q', 'ghcr.io': 'w:r' }).problems).toEqual([]);
    expect(read({ 'ghcr.io/a': 'u:p' }).problems).toEqual([]);
  });

  it('with capitals in the host are used for images written so', () => {
    expect(read({ 'GHCR.io': 'u:p' })).toMatchObject({
      registries: ['GHCR.io'],
      problems: [{ name: 'key-upper-case', key: 'GHCR.io' }],
    });
  });
});

describe('a login in the wrong place', () => {
  const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';
  it.each([
    ['as the type', config('{}', token)],
    ['as the data', config(token)],
    ['as a key', config(`{"${token}":{"auth":"${good}"}}`)],
    ['as a key with its user', config(`{"acme:${token}":"x"}`)],
    ['as base64 for a key', config(`{"${encoded(`acme:${token}`)}":1}`)],
    ['as a JSON web token for a key', config(`{"${'eyJh'.repeat(20)}.${token}.${token}":1}`)],
    ['behind a misnamed setting', `export ECS_ENGINE_AUTH_DATA=${token}`],
    ['where JSON breaks', config(`{"ghcr.io":{"auth":${token}}}`)],
    ['as the name of a member', config(`{"ghcr.io":{"${token}":1}}`)],
  ])('is told nowhere: %s', (_where, text) => {
    const told = JSON.stringify(readEngineAuth(text));
    expect(told).toContain('"name":');
    expect(told).not.toContain(token);
    expect(told).not.toContain(encoded(`acme:${token}`));
  });
});
