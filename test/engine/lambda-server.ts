import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InvokeCommand, type InvokeCommandOutput, LambdaClient } from '@aws-sdk/client-lambda';
import { DurableEngine } from '../../src/engine/engine.ts';
import type { ExecutionRow } from '../../src/engine/execution-row.ts';
import { createLambdaRoutes } from '../../src/engine/lambda-routes.ts';
import { FastClock } from './fast-clock.ts';

/** An engine behind Lambda's routes, and a real client that talks to it. */
export interface LambdaServer {
  readonly clock: FastClock;
  readonly engine: DurableEngine;
  readonly lambda: LambdaClient;
  /** Which functions threw where nobody waited for them. */
  readonly errors: readonly string[];
  /** Starts the durable function `ask` for somebody, under a name. */
  start(name: string, input: { who: string }, qualifier?: string): Promise<InvokeCommandOutput>;
  /** Starts `ask` for `who`, under that name, and gives the callback it waits for. */
  callbackOf(who: string): Promise<string>;
  /** The execution of `ask` of that name once it has ended. */
  ended(name: string): Promise<ExecutionRow>;
  close(): Promise<void>;
}

/** Durable: `ask` (a callback of 24 h with a heartbeat of 1 h) and `quick`. Plain: `echo`, `silent`, `broken`. */
export async function startLambdaServer(): Promise<LambdaServer> {
  const clock = new FastClock();
  const waiting = new Map<string, string>();
  const errors: string[] = [];
  const engine = new DurableEngine({ path: ':memory:', clock });
  registerFunctions(engine, waiting);
  const routes = createLambdaRoutes({
    engine,
    functions: plain,
    onError: (where) => void errors.push(where),
  });
  const server = createServer(routes).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // A TCP server's address is an AddressInfo.
  const lambda = clientFor((server.address() as AddressInfo).port);
  const start: LambdaServer['start'] = (DurableExecutionName, input, Qualifier = 'durable') =>
    lambda.send(
      new InvokeCommand({
        FunctionName: 'ask',
        Qualifier,
        InvocationType: 'Event',
        DurableExecutionName,
        Payload: JSON.stringify(input),
      }),
    );
  return {
    clock,
    engine,
    lambda,
    errors,
    start,
    async callbackOf(who) {
      await start(who, { who });
      for (let id = waiting.get(who); ; id = waiting.get(who)) {
        if (id && !engine.busy) return id;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    ended: (name) =>
      clock.until(engine.finished(engine.getByName('ask', name)?.arn ?? ''), () => engine.busy),
    async close() {
      lambda.destroy();
      engine.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const plain = {
  echo: async (event: unknown) => ({ heard: event }),
  silent: async () => undefined,
  broken: async () => {
    throw new TypeError('it broke');
  },
};

function registerFunctions(engine: DurableEngine, waiting: Map<string, string>): void {
  engine.register(
    'ask',
    async (event: { who: string }, context) =>
      context.waitForCallback('answer', async (id) => void waiting.set(event.who, id), {
        timeout: { hours: 24 },
        heartbeatTimeout: { hours: 1 },
      }),
    { executionTimeoutSeconds: 7 * 86_400 },
  );
  engine.register('quick', async () => 'ok', { executionTimeoutSeconds: 60 });
}

function clientFor(port: number): LambdaClient {
  return new LambdaClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
  });
}
