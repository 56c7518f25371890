import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join, normalize } from 'node:path';

/** Every text file that git tracks or would, from the top of the project. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((file) => file !== '' && !binary.test(file) && file !== 'package-lock.json')
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile())
    .sort();
}

const binary = /\.(png|jpg|ico|woff2)$/;

/** Those whose path is like this. */
export function filesNamed(path: RegExp): string[] {
  return trackedFiles().filter((file) => path.test(file));
}

export function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').replace(/\n$/, '').split('\n');
}

/** What a TypeScript file imports: relative ones as paths from the top, others as they stand. */
export function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)';/gm)];
  const bare = [...text.matchAll(/^import '([^']+)';/gm)];
  const late = [...text.matchAll(/\bimport\('([^']+)'\)/g)];
  return [...named, ...bare, ...late].map(([, to = '']) =>
    to.startsWith('.') ? normalize(join(file, '..', to)) : to,
  );
}
