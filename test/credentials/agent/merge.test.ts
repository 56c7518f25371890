import { readEngineAuth, readEngineLogins } from '../../../src/credentials/agent/ecs-config.ts';
import { type MergedText, type MergeRequest, mergeLogin } from '../../../src/credentials/agent/merge.ts';
import { config, dockercfg, encoded, loginOf, seedSample } from './example-config.ts';

const login = loginOf('acme-pull', 'new:token');
const auth = encoded('acme-pull:new:token');
const entry = `{"auth":"${auth}"}`;

function merge(text: string, request: Partial<MergeRequest> = {}): MergedText {
  const merged = mergeLogin({ text, registry: 'ghcr.io', login, ...request });
  if (merged.is === 'refused') throw new Error(`refused because of ${merged.because}`);
  return merged;
}

describe("a registry's entry", () => {
  it('S4: is replaced where it stands; every other byte of the file stays', () => {
    const before =
      '# by hand\r\n\r\n  ECS_CLUSTER = prod \r\nECS_ENGINE_AUTH_TYPE=dockercfg\r\n' +
      'ECS_ENGINE_AUTH_DATA= { "q\\u0075ay.io" :{ "auth" : "x" }, "https://ghcr.io":{"auth":"old","email":"e"} ,"n":null }\r\nLAST="x"';
    const after = before.replace(' { "q', '{ "q').replace('{"auth":"old","email":"e"}', entry);
    expect(merge(before)).toMatchObject({ text: after, changed: true, steps: [], comeIntoForce: [] });
  });

  it('is added at the end, and under the host alone where only a namespace has one', () => {
    const before = config(dockercfg({ 'quay.io': 'u:p' }));
    expect(merge(before).text).toBe(before.replace('}}\n', `},"ghcr.io":${entry}}\n`));
    expect(merge(before, { registry: 'ghcr.io/acme' }).text).toBe(
      before.replace('}}\n', `},"ghcr.io/acme":${entry},"ghcr.io":${entry}}\n`),
    );
  });

  it('of a namespace leaves the one of the host alone', () => {
    const before = config(dockercfg({ 'ghcr.io': 'u:p', 'ghcr.io/acme': 'v:q' }));
    const { text } = merge(before, { registry: 'ghcr.io/acme' });
    expect(text).toBe(before.replace(encoded('v:q'), auth));
  });

  it('of a namespace adds one for the host alone beside one with a slash, which is no start for the agent', () => {
    const before = config(dockercfg({ 'ghcr.io/': 'u:p' }));
    expect(merge(before, { registry: 'ghcr.io/acme' }).text).toBe(
      before.replace('}}\n', `},"ghcr.io/acme":${entry},"ghcr.io":${entry}}\n`),
    );
  });

  it('that stands there in several spellings stays once', () => {
    const before = config(
      dockercfg({ 'http://ghcr.io': 'a:1', 'ghcr.io/': 'b:2', 'ghcr.io': 'c:3', 'x.io': 'd:4' }),
    );
    expect(merge(before).text).toBe(
      config(`{"http://ghcr.io":${entry},"x.io":{"auth":"${encoded('d:4')}"}}`),
    );
    const slash = config(dockercfg({ 'https://ghcr.io/': 'b:2' }));
    expect(merge(slash).text).toBe(config(`{"ghcr.io":${entry}}`));
  });

  it.each(['docker.io', 'index.docker.io', 'https://index.docker.io/v1/', 'registry-1.docker.io'])(
    'of Docker Hub is written under its one key: %s',
    (registry) => {
      expect(merge('', { registry }).text).toContain(`{"https://index.docker.io/v1/":${entry}}`);
      const bare = config(dockercfg({ 'index.docker.io/v1/': 'u:p', 'docker.io': 'v:q' }));
      expect(merge(bare, { registry }).text).toBe(bare.replace(encoded('u:p'), auth));
    },
  );

  it('that holds the login already is left as it is, blanks and all', () => {
    const spaced = config(`{ "ghcr.io" : { "auth" : "${auth}" } }`);
    expect(merge(spaced)).toMatchObject({ text: spaced, changed: false });
    const withMore = config(`{"ghcr.io":{"auth":"${auth}","password":"old"}}`);
    expect(merge(withMore).text).toBe(config(`{"ghcr.io":${entry}}`));
  });
});

describe('lines', () => {
  it('are made at the end where there are none', () => {
    const made = `ECS_ENGINE_AUTH_DATA={"ghcr.io":${entry}}\nECS_ENGINE_AUTH_TYPE=dockercfg\n`;
    expect(merge('').text).toBe(made);
    expect(merge('A=1\n').text).toBe(`A=1\n${made}`);
    expect(merge('A=1').text).toBe(`A=1\n${made}`);
    expect(merge('A=1\r\n').text).toBe(`A=1\r\n${made.replaceAll('\n', '\r\n')}`);
    expect(merge('A=1\r\nB=2').text).toBe(`A=1\r\nB=2\r\n${made.replaceAll('\n', '\r\n')}`);
  });

  it('keep the end of the file as it is where the setting stands last', () => {
    const before = config('{}').trimEnd();
    expect(merge(before).text).toBe(`${before.slice(0, -2)}{"ghcr.io":${entry}}`);
  });

  it('that repeat the setting: the last is edited, earlier ones go, for they hold a login', () => {
    const before = `${config(dockercfg({ 'ghcr.io': 'u:old1' }))}A=1\nECS_ENGINE_AUTH_DATA={}\nB=2\n`;
    expect(merge(before).text).toBe(
      `ECS_CLUSTER=prod\nECS_ENGINE_AUTH_TYPE=dockercfg\nA=1\nECS_ENGINE_AUTH_DATA={"ghcr.io":${entry}}\nB=2\n`,
    );
  });

  it('in quotes hold no JSON for the agent and are replaced; so is a type in quotes', () => {
    const before = config(`'${dockercfg({ 'ghcr.io': 'u:p', 'quay.io': 'v:q' })}'`, '"dockercfg"');
    expect(merge(before)).toMatchObject({
      text: config(`{"ghcr.io":${entry}}`),
      steps: ['data-replaced', 'type-set'],
      comeIntoForce: [],
    });
  });

  it('over which the value was spread go with it', () => {
    const before = `${config(JSON.stringify({ 'ghcr.io': { auth: 'old=' } }, null, 2))}A=1\n`;
    expect(merge(before).text).toBe(`${config(`{"ghcr.io":${entry}}`)}A=1\n`);
  });

  it('that only look like the setting stay', () => {
    const odd = `export ECS_ENGINE_AUTH_DATA={}\n#ECS_ENGINE_AUTH_DATA={}\nECS_ENGINE_AUTH_DATA ={}\n`;
    expect(merge(odd).text.startsWith(odd)).toBe(true);
  });
});

describe('broken data', () => {
  it("S4: of the article's sample is mended by a new login", () => {
    const { text, steps } = merge(seedSample, { registry: 'docker.io' });
    expect(text).toBe(seedSample.replace(/\{"https.*/, `{"https://index.docker.io/v1/":${entry}}`));
    expect(steps).toEqual(['data-replaced']);
    expect(readEngineAuth(text)).toMatchObject({ registries: ['index.docker.io/v1/'], problems: [] });
  });

  it('loses the members that empty the whole of it, and those come into force that stood beside them', () => {
    const before = config(
      `{"quay.io":{"auth":"${encoded('u:p')}"},"credsStore":"desktop","x.io":{"auth":1},"ghcr.io":[]}`,
    );
    expect(merge(before)).toMatchObject({
      text: config(`{"quay.io":{"auth":"${encoded('u:p')}"},"ghcr.io":${entry}}`),
      steps: ['members-dropped'],
      comeIntoForce: ['quay.io'],
    });
  });

  it('in an auths wrapper stays there, less the old login of the same registry', () => {
    const before = config(`{"auths":{ "ghcr.io":{"auth":"old"}, "quay.io":{"auth":"q"}}}`);
    expect(merge(before)).toMatchObject({
      text: config(`{"auths":{ "quay.io":{"auth":"q"}},"ghcr.io":${entry}}`),
      comeIntoForce: [],
    });
  });

  it('without a type comes into force whole, which is said', () => {
    const before = `ECS_ENGINE_AUTH_DATA=${dockercfg({ 'quay.io': 'u:p' })}\n`;
    expect(merge(before)).toMatchObject({ steps: ['type-set'], comeIntoForce: ['quay.io'] });
  });
});

describe('the type docker (row S3)', () => {
  const plain = config(
    '{"ghcr.io":{"username":"u","password":"p"},"x.io":{"username":"v","password":"q:r"}}',
    'docker',
  );

  it('S3: stays where that is wished', () => {
    const { text } = merge(plain);
    expect(text).toBe(plain.replace('"u","password":"p"', '"acme-pull","password":"new:token"'));
    expect(merge(text).changed).toBe(false);
  });

  it('S3: is turned to dockercfg, every entry, with nothing in plain text left', () => {
    const { text, steps } = merge(plain, { turnToDockercfg: true });
    expect(text).toBe(config(`{"ghcr.io":${entry},"x.io":{"auth":"${encoded('v:q:r')}"}}`));
    expect(steps).toEqual(['turned-to-dockercfg']);
    expect(merge(text, { turnToDockercfg: true }).changed).toBe(false);
  });

  it('S3: is not turned where an entry would be lost', () => {
    const colon = plain.replace('"v"', '"v:w"');
    const token = plain.replace('"username":"v"', '"identitytoken":"t"');
    for (const text of [colon, token]) {
      expect(mergeLogin({ text, registry: 'ghcr.io', login, turnToDockercfg: true })).toEqual({
        is: 'refused',
        because: 'entry-cannot-turn',
        key: 'x.io',
      });
    }
  });

  it('takes the new login as it is, whatever is in it', () => {
    const odd = loginOf('a:b', 'q"\\\n\u00e9\u2028');
    const { text } = merge(plain, { login: odd });
    expect(text.split('\n')).toHaveLength(4);
    expect(readEngineLogins(text).get('ghcr.io')?.password.equals(odd.password)).toBe(true);
  });
});

describe('what lies beneath', () => {
  const beneath = { varLib: config(dockercfg({ 'quay.io': 'u:p', 'ghcr.io': 'old:old' })) };

  it('in /var/lib is taken over, for the new line hides it', () => {
    const { text, steps, comeIntoForce } = merge('A=1\n', { beneath });
    expect(text).toBe(
      `A=1\nECS_ENGINE_AUTH_DATA={"quay.io":{"auth":"${encoded('u:p')}"},"ghcr.io":${entry}}\n`,
    );
    expect([steps, comeIntoForce]).toEqual([['copied-from-beneath'], []]);
  });

  it('in JSON is not rewritten', () => {
    const json = `{"EngineAuthType":"dockercfg","EngineAuthData":${dockercfg({ 'ghcr.io': 'u:p' })}}`;
    expect(mergeLogin({ text: '', registry: 'ghcr.io', login, beneath: { jsonConfig: json } })).toEqual({
      is: 'refused',
      because: 'data-in-json',
      source: 'json-config',
    });
    const userData = `{"ECSAgentConfiguration":${json}}`;
    expect(mergeLogin({ text: '', registry: 'ghcr.io', login, beneath: { userData } })).toMatchObject({
      because: 'data-in-json',
      source: 'user-data',
    });
  });

  it('gives the type that the entries are written in', () => {
    const text = 'ECS_ENGINE_AUTH_DATA={"x.io":{"username":"v","password":"q"}}\n';
    const merged = merge(text, { beneath: { jsonConfig: '{"EngineAuthType":"docker"}' } });
    expect(merged.text).toBe(
      'ECS_ENGINE_AUTH_DATA={"x.io":{"username":"v","password":"q"},"ghcr.io":{"username":"acme-pull","password":"new:token"}}\n',
    );
  });
});

test.each([
  ['never-used', { registry: 'ghcr' }],
  ['never-used', { registry: 'docker.io/acme' }],
  ['never-used', { registry: '111122223333.dkr.ecr.eu-west-1.amazonaws.com' }],
  ['user-name-with-colon', { login: loginOf('a:b', 'c') }],
  ['agent-would-not-start', { beneath: { jsonConfig: '{' } }],
] as const)('is refused as %s: %j', (because, request) => {
  expect(mergeLogin({ text: config('{}'), registry: 'ghcr.io', login, ...request })).toMatchObject({
    is: 'refused',
    because,
  });
});

test('shows the value in its text only', () => {
  const { text, ...rest } = merge(config('{}'));
  expect(text).toContain(auth);
  expect(JSON.stringify(rest)).not.toContain(auth);
});
