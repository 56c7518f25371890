import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

let directory: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'engine-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(directory, { recursive: true, force: true });
});

test.each([
  ['before change SUCCEED', 2, 1],
  ['after change SUCCEED', 1, 1],
  ['after settle START', 1, 1],
  ['before tell SUCCEED', 1, 2],
  ['after tell SUCCEED', 1, 1],
])(
  'killed %s, the workflow goes on in the next process: change %ix, tell %ix',
  async (crashPoint, changes, tells) => {
    startChild(crashPoint);
    const dies = once(child as ChildProcess, 'exit'); // startChild has just set it.
    if (crashPoint.includes('tell')) answer(await noted(/^callback (\S+)$/m));
    expect(await dies).toEqual([null, 'SIGKILL']);

    startChild('never');
    const ends = once(child as ChildProcess, 'exit');
    if (!crashPoint.includes('tell')) answer(await noted(/^callback (\S+)$/m));
    expect(await ends).toEqual([0, null]);

    const lines = effects();
    expect(lines.filter((line) => line.startsWith('up'))).toEqual(['up 0', 'up 1']);
    expect(lines.filter((line) => line === 'change')).toHaveLength(changes);
    expect(lines.filter((line) => line.startsWith('callback'))).toHaveLength(1);
    expect(lines.filter((line) => line === 'tell yes')).toHaveLength(tells);
    expect(lines.at(-1)).toBe('end SUCCEEDED "yes"');
  },
  20_000,
);

function startChild(crashPoint: string): void {
  const script = resolve('test/engine/crash-child.ts');
  child = spawn(process.execPath, [script, directory, crashPoint], { stdio: ['pipe', 'ignore', 'inherit'] });
}

function answer(callbackId: string): void {
  child?.stdin?.write(`${callbackId}\n`);
}

function effects(): string[] {
  try {
    return readFileSync(join(directory, 'effects'), 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

/** What the pattern's first group matched, as soon as the child has noted it. */
async function noted(pattern: RegExp): Promise<string> {
  for (;;) {
    const [, found] = pattern.exec(effects().join('\n')) ?? [];
    if (found) return found;
    await new Promise((later) => setTimeout(later, 20));
  }
}
