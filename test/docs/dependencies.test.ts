import { readFileSync } from 'node:fs';
import { linesOf } from './tracked-files.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

// The shape is this project's own file; a missing section fails the first test.
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const versions = {
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
};
const rows = linesOf('docs/architecture.md').filter((line) => line.startsWith('| `'));

describe('a dependency', () => {
  it.each(Object.keys(versions))('%s has its reason in docs/architecture.md', (name) => {
    const row = rows.find((line) => line.split('|')[1]?.includes(`\`${name}\``));
    expect(row?.split('|')[2]?.trim().length ?? 0).toBeGreaterThan(20);
  });

  it.each(Object.entries(versions))('%s is pinned exactly (%s)', (_name, version) => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
