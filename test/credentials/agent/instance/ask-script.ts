import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readInstanceScript } from '../../../../src/credentials/agent/instance/script.ts';

export const script = readInstanceScript();

/** The script as one file, as it stands on an instance. */
const directory = mkdtempSync(join(tmpdir(), 'script-'));
export const scriptPath = join(directory, 'ecs_rotate_instance.py');
writeFileSync(scriptPath, script);
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

/** One configuration and the login to merge into it. */
export interface Case {
  readonly text: string;
  readonly varLib?: string;
  readonly jsonConfig?: string;
  readonly userData?: string;
  readonly registry: string;
  readonly turn?: boolean;
  readonly userName: string;
  readonly password: string;
}

export interface ScriptAnswer {
  readonly type: string;
  readonly merged: { readonly text: string } | { readonly refused: string };
  /** Key, user name, password. */
  readonly logins: readonly (readonly [string, string, string])[];
  readonly problems: readonly { readonly name: string; readonly key?: string }[];
}

/** What the script itself makes of the cases, all in one run of the interpreter. Throws what it printed in error. */
export function askScript(python: string, cases: readonly Case[]): readonly ScriptAnswer[] {
  const asked = spawnSync(python, ['test/credentials/agent/instance/ask_script.py', scriptPath], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (asked.status !== 0) throw new Error(`${python}: ${asked.error?.message ?? asked.stderr}`);
  // The shape is ask_script.py's.
  return JSON.parse(asked.stdout) as ScriptAnswer[];
}

/** Whether there is such an interpreter here. */
export const isPython = (python: string, version: string): boolean =>
  spawnSync(python, ['-c', 'import sys; print(sys.version)'], { encoding: 'utf8' }).stdout?.startsWith(
    version,
  ) ?? false;
