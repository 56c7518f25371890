import { existsSync, readFileSync } from 'node:fs';
import { filesNamed, importsOf, linesOf, trackedFiles } from './tracked-files.ts';

/** docs/architecture.md, The house: who may import whom. Read from the files themselves, tracked or about to be. */

/** Parts of src that anybody there may import. */
const neutral = ['aws', 'aws-errors', 'clock', 'config', 'errors', 'log', 'redact', 'secret-value', 'text'];
/** What an adapter may know of the story: what it must offer, and the words for it. */
const story = ['rotation/ports', 'rotation/requests', 'rotation/rules'];
const adapters = ['credentials', 'ecs', 'lambda', 'records', 'registry', 'slack'];

/** By part of src: which other parts it may import. Parts that are not named here may import nothing else. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(adapters.map((adapter) => [adapter, [...neutral, ...story]])),
  rotation: ['clock', 'errors', 'secret-value'],
  inventory: ['rotation/ports', 'rotation/rules'],
  engine: ['clock'],
  // The words are keyed by the names of causes and problems, which are types.
  text: ['rotation/rules', 'ecs/pull-failure', 'credentials/agent'],
  config: ['errors', 'secret-value', 'config'],
  aws: ['config', 'errors'],
  'aws-errors': ['errors'],
  errors: ['text'],
  log: ['redact'],
};

/** Values leave their wrapping here and nowhere else in src (docs/security.md). */
const revealing = [
  'src/credentials/agent/login-text.ts',
  'src/credentials/secret/value.ts',
  'src/functions/slack-access.ts',
  'src/functions/slack.ts',
  'src/registry/authorization.ts',
];

const source = filesNamed(/^src\/.*\.ts$/);

describe('the house', () => {
  it('has files to look at', () => {
    expect(source.length).toBeGreaterThan(200);
    expect(adapters.filter((adapter) => !existsSync(`src/${adapter}`))).toEqual([]);
  });

  it('joins its parts in src/functions only', () => {
    const wrong = source
      .filter((file) => partOf(file) !== 'functions')
      .flatMap((file) =>
        inside(file)
          .filter((to) => !isAllowed(file, to))
          .map((to) => `${file} imports ${to}`),
      );
    expect(wrong).toEqual([]);
  });

  it('keeps the rules of the story pure: they import one another and Node only', () => {
    const rules = filesNamed(/^src\/rotation\/rules\//);
    const wrong = rules.flatMap((file) =>
      importsOf(file)
        .filter((to) => !to.startsWith('src/rotation/rules/') && !to.startsWith('node:'))
        .map((to) => `${file} imports ${to}`),
    );
    expect(rules.length).toBeGreaterThan(5);
    expect(wrong).toEqual([]);
  });

  it('knows nothing of the sandbox and the tests', () => {
    const wrong = source.filter((file) => importsOf(file).some((to) => /^(sandbox|test|scripts)\//.test(to)));
    expect(wrong).toEqual([]);
    const sandbox = filesNamed(/^sandbox\/.*\.ts$/).filter((file) =>
      importsOf(file).some((to) => to.startsWith('test/')),
    );
    expect(sandbox).toEqual([]);
  });

  it('takes values out of their wrapping in a few files only', () => {
    const files = source.filter((file) => readFileSync(file, 'utf8').includes('.reveal()'));
    expect(files).toEqual(revealing);
  });
});

describe('a file', () => {
  it('is at most 250 lines long', () => {
    const long = filesNamed(/\.(ts|js|cjs|mjs|py)$/).filter((file) => linesOf(file).length > 250);
    expect(long).toEqual([]);
  });

  it('names no place on a machine of ours', () => {
    // In parts, so that this file is none of them.
    const place = new RegExp(`(^|[^\\w.])/(${['work', 'tmp', 'home', 'root'].join('|')})/`);
    const named = trackedFiles().flatMap((file) =>
      linesOf(file)
        .filter((line) => place.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(named).toEqual([]);
  });

  it('is held to "no any" by the linter, with no exception', () => {
    expect(JSON.parse(readFileSync('biome.json', 'utf8'))).toMatchObject({
      linter: { rules: { suspicious: { noExplicitAny: 'error' } } },
    });
    const ignoring = /biome-ignore(?:-\w+)? [^:]*noExplicitAny:/;
    const excepted = filesNamed(/\.ts$/).filter((file) => linesOf(file).some((line) => ignoring.test(line)));
    expect(excepted).toEqual([]);
  });
});

/** Imports of a file that stay in src. */
function inside(file: string): string[] {
  return importsOf(file).filter((to) => to.startsWith('src/'));
}

function isAllowed(file: string, to: string): boolean {
  const part = partOf(file);
  if (partOf(to) === part) return true;
  const path = to.slice('src/'.length).replace(/\.ts$/, '');
  const allowed = mayImport[part] ?? [];
  return allowed.some((one) => path === one || path.startsWith(`${one}/`));
}

/** `slack` of src/slack/views/form.ts, `clock` of src/clock.ts. */
function partOf(file: string): string {
  return (file.split('/')[1] ?? '').replace(/\.ts$/, '');
}
