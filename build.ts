/**
 * Bundles every function into dist/NAME/index.mjs and prints the sizes. Fails where a function's file is missing, a
 * bundle does not build, or one is larger than it may be.
 */
import { rmSync } from 'node:fs';
import { bundle } from './scripts/bundle.ts';
import { functionNames, sizeLimits } from './scripts/functions.ts';

rmSync('dist', { recursive: true, force: true });
for (const name of functionNames) {
  const { bytes } = await bundle(`src/functions/${name}.ts`, `dist/${name}/index.mjs`);
  const limit = sizeLimits[name];
  process.stdout.write(
    `${name.padEnd(9)} ${kilobytes(bytes)}${limit ? ` of at most ${kilobytes(limit)}` : ''}\n`,
  );
  if (limit && bytes > limit) throw new Error(`${name} is larger than it may be.`);
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
}
