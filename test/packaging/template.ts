import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { functionNames } from '../../scripts/functions.ts';

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  // CloudFormation's own shapes differ by type: each test narrows what it looks at.
  readonly Properties: Readonly<Record<string, unknown>>;
}

export type Template = Readonly<Record<string, Resource>>;

/**
 * The resources of the template that `osls package` makes of serverless.yml, without credentials and without the real
 * bundles: their contents change nothing in it but names of files in S3. `files` are put beside the delivered ones.
 */
export function makeTemplate(files: Readonly<Record<string, string>> = {}, stage = 'dev'): Template {
  const directory = mkdtempSync(join(tmpdir(), 'packaging-'));
  try {
    cpSync('serverless.yml', join(directory, 'serverless.yml'));
    cpSync('deploy', join(directory, 'deploy'), {
      recursive: true,
      // A working copy may hold the settings of a real deployment.
      filter: (path) => !/(settings|reach)\.(?!example)\w+\.yml$/.test(path),
    });
    for (const name of functionNames) {
      mkdirSync(join(directory, 'dist', name), { recursive: true });
      writeFileSync(join(directory, 'dist', name, 'index.mjs'), `// ${name}\n`);
    }
    for (const [path, text] of Object.entries(files)) writeFileSync(join(directory, path), text);
    return readTemplate(directory, stage);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function readTemplate(directory: string, stage: string): Template {
  const osls = join(process.cwd(), 'node_modules/osls/bin/serverless.js');
  execFileSync(process.execPath, [osls, 'package', '--stage', stage], {
    cwd: directory,
    stdio: 'pipe',
    env: { PATH: process.env.PATH, HOME: directory, CI: '1' },
  });
  const path = join(directory, '.serverless/cloudformation-template-update-stack.json');
  return JSON.parse(readFileSync(path, 'utf8')).Resources;
}
