import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

/** `npm start` as a person runs it: in a process group of its own, so that Ctrl+C can be sent to all of it. */
export interface Started {
  readonly url: string;
  /** Milliseconds until it said where to open the page. */
  readonly took: number;
  /** What it printed so far. */
  printed(): string;
  /** Ctrl+C. Resolves when npm has ended. */
  interrupt(): Promise<void>;
  /** Whether no process of it runs any more, within five seconds. */
  hasEnded(): Promise<boolean>;
}

/** Starts it. @throws Error with what it printed, where it ends before it serves */
export async function npmStart(port: number): Promise<Started> {
  const since = Date.now();
  const { child, printed, ended } = run(port);
  const url = await Promise.race([
    until(() => printed().match(/open (http\S+)/)?.[1]),
    ended.then(() => Promise.reject(new Error(printed()))),
  ]);
  const group = -(child.pid ?? 0);
  return {
    url,
    took: Date.now() - since,
    printed,
    async hasEnded() {
      const limit = Date.now() + 5000;
      while (isAlive(group) && Date.now() < limit) await moment();
      return !isAlive(group);
    },
    async interrupt() {
      if (isAlive(group)) process.kill(group, 'SIGINT');
      await ended;
    },
  };
}

/** Runs it where it cannot go on. Resolves to what it printed and its exit code. */
export async function npmStartInVain(port: number): Promise<{ code: number | null; printed: string }> {
  const { printed, ended } = run(port);
  return { code: await ended, printed: printed() };
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

function run(port: number): { child: ChildProcess; printed: () => string; ended: Promise<number | null> } {
  const env = { ...process.env, PORT: String(port), SANDBOX_SPEED: '60' };
  const child = spawn('npm', ['start'], { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (text += String(data)));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, printed: () => text, ended };
}

async function until(look: () => string | undefined): Promise<string> {
  for (;;) {
    const found = look();
    if (found) return found;
    await moment();
  }
}

function isAlive(group: number): boolean {
  try {
    return process.kill(group, 0);
  } catch {
    return false;
  }
}

function moment(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
