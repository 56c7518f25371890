import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Pace } from '../clock.ts';
import type { AppRequest, AppResponse } from '../slack/workspace.ts';
import { fromProduct, type ToProduct } from './messages.ts';

export interface ProductChildOptions {
  readonly env: Readonly<Record<string, string>>;
  /** Where the engine's database stands; it outlives the process. */
  readonly directory: string;
  readonly pace: Pace;
  /** Scans before it listens: the first start. */
  readonly scans: boolean;
  /** Where its output goes; inherited where not given. */
  readonly onOutput?: (text: string) => void;
  readonly dieAt?: string;
}

/** The product's process, as its parent sees it. */
export interface ProductChild {
  deliver(request: AppRequest): Promise<AppResponse>;
  setPace(pace: Pace): void;
  /** SIGKILL: nothing of it is tidied up. */
  kill(): Promise<void>;
  /** Settles when the process is gone, whatever ended it. */
  readonly gone: Promise<void>;
}

/** Starts the process and waits until it listens. @throws Error where it ends before that */
export async function startProductChild(options: ProductChildOptions): Promise<ProductChild> {
  const child = fork(join(process.cwd(), 'sandbox/process/product-main.ts'), {
    stdio: options.onOutput ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data) => options.onOutput?.(String(data)));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { env, directory, pace, dieAt, scans } = options;
  send(child, { say: 'start', env: { ...env }, directory, pace, scans, ...(dieAt ? { dieAt } : {}) });
  const url = await addressOf(child, gone);
  return {
    gone,
    deliver: (request) => deliver(url, request),
    setPace: (next) => send(child, { say: 'pace', pace: next }),
    kill() {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

function send(child: ChildProcess, message: ToProduct): void {
  if (child.connected) child.send(message);
}

function addressOf(child: ChildProcess, gone: Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(fromProduct.parse(message).url));
    void gone.then(() => reject(new Error('the product ended before it listened')));
  });
}

async function deliver(url: string, request: AppRequest): Promise<AppResponse> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(request) });
  if (!answer.ok) throw new Error(`the product answered ${answer.status}`);
  return (await answer.json()) as AppResponse; // written by product-main.ts
}
