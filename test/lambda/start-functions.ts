import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DurableEngine } from '../../src/engine/engine.ts';
import { createLambdaRoutes, type PlainFunction } from '../../src/engine/lambda-routes.ts';
import { FastClock } from '../engine/fast-clock.ts';

/** Plain functions and a durable one, `rotation`, that waits for a callback; with a real client for them. */
export async function startFunctions(functions: Readonly<Record<string, PlainFunction>> = {}) {
  const clock = new FastClock();
  const engine = new DurableEngine({ path: ':memory:', clock });
  const inputs: unknown[] = [];
  const callbacks: string[] = [];
  engine.register(
    'rotation',
    async (input: unknown, context) => {
      await context.step('note', async () => void inputs.push(input));
      await context.waitForCallback('click', async (id) => void callbacks.push(id), {
        timeout: { hours: 24 },
      });
      return 'rung';
    },
    { executionTimeoutSeconds: 86_400 },
  );
  const server = createServer(createLambdaRoutes({ engine, functions })).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const client = new LambdaClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  return {
    client,
    clock,
    engine,
    inputs,
    /** The callback of the n-th execution, once it waits. */
    async callback(n = 0): Promise<string> {
      for (let id = callbacks[n]; ; id = callbacks[n]) {
        if (id && !engine.busy) return id;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    },
    async close() {
      client.destroy();
      engine.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Functions = Awaited<ReturnType<typeof startFunctions>>;
