/**
 * Measures what a cold start of the slack function spends on loading code, against the same frame (Bolt, its receiver,
 * serverless-http) around one empty command, and against that frame with the AWS clients the function needs anyway.
 * Prints the fastest of fresh processes, for what else the machine does can only add; fails where the function takes over 1.25 times as long as the latter.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.ts';

const TIMES = 15;
const AT_MOST = 1.25;

const entries = {
  'one empty command': 'scripts/measure-import/empty-command.ts',
  'with AWS clients': 'scripts/measure-import/empty-command-with-clients.ts',
  slack: 'src/functions/slack.ts',
} as const;

const directory = mkdtempSync(join(tmpdir(), 'measure-import-'));
try {
  const fastest = await measure(directory);
  const ratio = fastest.slack / fastest['with AWS clients'];
  process.stdout.write(`slack takes ${ratio.toFixed(2)} times as long as the frame with AWS clients,`);
  process.stdout.write(
    ` ${(fastest.slack / fastest['one empty command']).toFixed(2)} times as the bare one\n`,
  );
  if (ratio > AT_MOST) process.exitCode = 1;
} finally {
  rmSync(directory, { recursive: true });
}

type Name = keyof typeof entries;

/** Milliseconds by name. In turns, so that a busy moment of the machine hits all alike. */
async function measure(into: string): Promise<Record<Name, number>> {
  const times: Record<Name, number[]> = { 'one empty command': [], 'with AWS clients': [], slack: [] };
  const files = new Map<Name, string>();
  for (const name of namesOf(entries)) {
    const file = join(into, `${name.replaceAll(' ', '-')}.mjs`);
    const { bytes } = await bundle(entries[name], file);
    files.set(name, file);
    process.stdout.write(`${name.padEnd(18)} ${Math.round(bytes / 1000)} kB\n`);
  }
  for (let turn = 0; turn < TIMES; turn += 1) {
    for (const [name, file] of files) times[name].push(importOnce(file));
  }
  const fastest = { 'one empty command': 0, 'with AWS clients': 0, slack: 0 };
  for (const name of namesOf(times)) {
    fastest[name] = Math.min(...times[name]);
    process.stdout.write(`${name.padEnd(18)} ${fastest[name].toFixed(0)} ms\n`);
  }
  return fastest;
}

/** In a process of its own, as a cold start is; node's own start is not counted. */
function importOnce(file: string): number {
  const url = pathToFileURL(resolve(file)).href;
  const program = `const start = performance.now(); await import(${JSON.stringify(url)}); process.stdout.write(String(performance.now() - start));`;
  const args = ['--enable-source-maps', '--input-type=module', '--eval', program];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

function namesOf<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  // Made by a literal here, so its keys are what its type says.
  return Object.keys(record) as Key[];
}
