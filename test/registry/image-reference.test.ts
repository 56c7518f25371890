import { isRotateError } from '../../src/errors.ts';
import { parseImageReference } from '../../src/registry/image-reference.ts';

const hash = 'a1'.repeat(32);
const sha256 = `sha256:${hash}`;

const valid: readonly [
  text: string,
  registry: string,
  repository: string,
  tag: string | null,
  digest?: string,
][] = [
  ['nginx', 'docker.io', 'library/nginx', 'latest'],
  ['nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
  ['acme/web', 'docker.io', 'acme/web', 'latest'],
  ['acme/web/sub:2', 'docker.io', 'acme/web/sub', '2'],
  ['docker.io/nginx', 'docker.io', 'library/nginx', 'latest'],
  ['docker.io/acme/web:2', 'docker.io', 'acme/web', '2'],
  ['index.docker.io/nginx', 'docker.io', 'library/nginx', 'latest'],
  ['index.docker.io/acme/web', 'docker.io', 'acme/web', 'latest'],
  ['registry-1.docker.io/acme/web', 'registry-1.docker.io', 'acme/web', 'latest'],
  ['ghcr.io/acme/api:v1', 'ghcr.io', 'acme/api', 'v1'],
  ['ghcr.io/solo', 'ghcr.io', 'solo', 'latest'],
  ['registry.example.com:5000/a/b/c:x', 'registry.example.com:5000', 'a/b/c', 'x'],
  ['localhost/app', 'localhost', 'app', 'latest'],
  ['localhost:5000/app:1', 'localhost:5000', 'app', '1'],
  ['localhosts/app', 'docker.io', 'localhosts/app', 'latest'],
  ['127.0.0.1:5001/team/app:1', '127.0.0.1:5001', 'team/app', '1'],
  ['[::1]:5000/app', '[::1]:5000', 'app', 'latest'],
  ['[fd00::12]/app', '[fd00::12]', 'app', 'latest'],
  ['Registry/app', 'Registry', 'app', 'latest'],
  ['REG.example.com/app:T', 'REG.example.com', 'app', 'T'],
  ['host:5000', 'docker.io', 'library/host', '5000'],
  ['example.com', 'docker.io', 'library/example.com', 'latest'],
  ['localhost', 'docker.io', 'library/localhost', 'latest'],
  ['a.b/c', 'a.b', 'c', 'latest'],
  ['a--b__c/x_y.z', 'docker.io', 'a--b__c/x_y.z', 'latest'],
  [`nginx@${sha256}`, 'docker.io', 'library/nginx', null, sha256],
  [`nginx:1.27@${sha256}`, 'docker.io', 'library/nginx', '1.27', sha256],
  [`ghcr.io/acme/api@${sha256}`, 'ghcr.io', 'acme/api', null, sha256],
  [`app@sha384:${'b2'.repeat(48)}`, 'docker.io', 'library/app', null, `sha384:${'b2'.repeat(48)}`],
  [`app@sha512:${'c3'.repeat(64)}`, 'docker.io', 'library/app', null, `sha512:${'c3'.repeat(64)}`],
  [`app:${'t'.repeat(128)}`, 'docker.io', 'library/app', 't'.repeat(128)],
  ['app:_a.b-C', 'docker.io', 'library/app', '_a.b-C'],
  [`x.io/${'r'.repeat(255)}`, 'x.io', 'r'.repeat(255), 'latest'],
  [`${'h'.repeat(60)}.${'h'.repeat(200)}.io/app`, `${'h'.repeat(60)}.${'h'.repeat(200)}.io`, 'app', 'latest'],
  [`docker.io/${hash}`, 'docker.io', `library/${hash}`, 'latest'],
  [`${hash}:1`, 'docker.io', `library/${hash}`, '1'],
];

it.each(valid)('reads %s', (text, registry, repository, tag, digest = undefined) => {
  expect(parseImageReference(text)).toEqual({ registry, repository, tag, digest: digest ?? null });
});

const invalid: readonly [problem: string, text: string][] = [
  ['empty', ''],
  ['identifier', hash],
  ['upper-case', 'Nginx'],
  ['upper-case', 'docker.io/Acme/web'],
  ['upper-case', 'ghcr.io/acme/API:v1'],
  ['upper-case', 'Acme/Web'],
  ['too-long', `x.io/${'r'.repeat(256)}`],
  ['too-long', 'r'.repeat(248)],
  ['digest', `app@sha256:${'a'.repeat(63)}`],
  ['digest', `app@sha256:${'a'.repeat(65)}`],
  ['digest', `app@sha256:${'A1'.repeat(32)}`],
  ['digest', `app@md5:${'a1'.repeat(16)}`],
  ['digest', `app@sha256:${'g1'.repeat(32)}`],
  ['digest', 'app@'],
  ['digest', `app:1@${hash}`],
  ['digest', `app@${sha256}:1`],
  ['malformed', 'app:'],
  ['malformed', ':1'],
  ['malformed', `@${sha256}`],
  ['malformed', 'https://ghcr.io/acme/api'],
  ['malformed', '/app'],
  ['malformed', 'app/'],
  ['malformed', 'a//b'],
  ['malformed', 'ghcr.io/'],
  ['malformed', 'ghcr.io:/app'],
  ['malformed', 'ghcr.io:port/app'],
  ['malformed', 'a_b.io:1/app'],
  ['malformed', '-host.io/app'],
  ['malformed', '[::1/app'],
  ['malformed', '[fe80::1%eth0]/app'],
  ['malformed', 'ghcr.io/_app'],
  ['malformed', 'ghcr.io/app_'],
  ['malformed', 'ghcr.io/a..b'],
  ['malformed', 'ghcr.io/a___b'],
  ['malformed', 'app:-1'],
  ['malformed', 'app:.1'],
  ['malformed', 'app:a b'],
  ['malformed', ' app'],
  ['malformed', 'app\n'],
  ['malformed', 'ünicode'],
  ['malformed', `app:${'t'.repeat(129)}`],
  ['malformed', 'a:1:2'],
];

it.each(invalid)('refuses as %s: %s', (problem, text) => {
  expect(problemWith(text)).toBe(problem);
});

it('says what is wrong in words, and cuts a very long name', () => {
  expect(errorFor('Nginx').says).toBe('"Nginx" is not a valid image name: its name has capital letters.');
  expect(errorFor('r'.repeat(5000)).says.length).toBeLessThan(300);
});

it('takes no longer for a hostile text', () => {
  const started = performance.now();
  problemWith(`${'a-'.repeat(20_000)}!/x`);
  problemWith(`x/${'a_'.repeat(20_000)}!`);
  expect(performance.now() - started).toBeLessThan(1000);
});

function problemWith(text: string): string | undefined {
  return errorFor(text).facts.problem;
}

function errorFor(text: string) {
  try {
    parseImageReference(text);
  } catch (error) {
    if (isRotateError(error, 'image-reference-invalid')) return error;
    throw error;
  }
  throw new Error(`accepted ${text}`);
}
