import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { DurableExecutionHandler } from '@aws/durable-execution-sdk-js';
import { DurableEngine } from '../src/engine/engine.ts';
import { executionEvent } from '../src/engine/execution-event.ts';
import { createLambdaRoutes, type PlainFunction } from '../src/engine/lambda-routes.ts';
import { createCheckHandler } from '../src/functions/check.ts';
import { createDeskHandler } from '../src/functions/desk.ts';
import { createKeeperHandler } from '../src/functions/keeper.ts';
import { createStory, type StoryOptions } from '../src/functions/rotation.ts';
import { createSlackHandler } from '../src/functions/slack.ts';
import { createStoreHandler } from '../src/functions/store.ts';
import type { Wrap } from '../src/functions/wiring.ts';
import type { SandboxClock } from './clock.ts';
import { takeAwsSettings } from './environment.ts';
import { gatewayEvent, responseOf } from './gateway.ts';
import { every } from './schedule.ts';
import type { AppRequest, AppResponse } from './slack/workspace.ts';

export interface ProductOptions {
  readonly clock: SandboxClock;
  /** The product's environment, from the world. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the engine keeps its database; in memory where not given. */
  readonly directory?: string;
  /** Other durations of the story. */
  readonly settings?: StoryOptions['settings'];
  /** Cuts ports off at a named point. */
  readonly wrap?: Wrap;
  /** Hears what every function but the front one is invoked with. */
  readonly onInvoke?: (name: string, event: unknown) => void;
}

/** The product as AWS would run it: its functions behind Lambda's routes, the workflow on the embedded engine. */
export interface Product {
  /** What API Gateway does with a request from Slack. */
  deliver(request: AppRequest): Promise<AppResponse>;
  /** What the schedules do, now. */
  sweep(): Promise<void>;
  scan(): Promise<void>;
  readonly engine: DurableEngine;
  close(): Promise<void>;
}

const sweepMs = 5 * 60_000;
const scanMs = 60 * 60_000;
/** As serverless.yml says. */
const rotationTimeouts = { executionTimeoutSeconds: 90 * 86_400, functionTimeoutSeconds: 300 };

/** Starts the product on loopback; executions that were open go on. */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const { clock } = options;
  takeAwsSettings(options.env);
  // Filled once Lambda's address is known, which every function's environment holds.
  const functions: Record<string, PlainFunction> = {};
  const invoke = (name: string, event: unknown) => functions[name]?.(event) ?? Promise.resolve(undefined);
  const engine = createEngine(options, (event) => invoke('keeper', event));
  const lambda = await listen(engine, functions);
  const env = { ...options.env, ECS_ROTATE_LAMBDA_ENDPOINT: lambda.url };
  const wiring = { clock, env, ...(options.wrap ? { wrap: options.wrap } : {}) };
  const slack = createSlackHandler(wiring);
  const handlers = {
    store: createStoreHandler(wiring),
    check: createCheckHandler(wiring),
    desk: createDeskHandler(wiring),
    keeper: createKeeperHandler(wiring),
  };
  for (const [name, handler] of Object.entries<PlainFunction>(handlers)) {
    functions[name] = (event) => {
      options.onInvoke?.(name, event);
      return handler(event);
    };
  }
  const story = createStory(() => ({
    ...wiring,
    ...(options.settings ? { settings: options.settings } : {}),
  }));
  // The engine hands inputs over as JSON: the workflow's is what executions.start wrote.
  engine.register('rotation', story as DurableExecutionHandler, rotationTimeouts);
  engine.resume();
  const sweep = async () => void (await invoke('keeper', {}));
  const scan = async () => void (await invoke('check', { do: 'scan' }));
  const schedules = [every(clock, sweepMs, sweep), every(clock, scanMs, scan)];
  return {
    engine,
    sweep,
    scan,
    deliver: async (request) => responseOf(await slack(gatewayEvent(request))),
    async close() {
      for (const stop of schedules) stop();
      engine.close();
      await lambda.close();
    },
  };
}

function createEngine(options: ProductOptions, onEnded: (event: unknown) => Promise<unknown>): DurableEngine {
  const { clock, directory } = options;
  if (directory) mkdirSync(directory, { recursive: true });
  return new DurableEngine({
    path: directory ? join(directory, 'engine.db') : ':memory:',
    clock,
    speed: () => clock.pace.speed,
    onFinished(row) {
      // EventBridge's rule lets the keeper hear of what did not end well; its sweep finds what this misses.
      if (row.status !== 'SUCCEEDED') void onEnded(executionEvent(row)).catch(() => undefined);
    },
  });
}

async function listen(
  engine: DurableEngine,
  functions: Record<string, PlainFunction>,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(createLambdaRoutes({ engine, functions }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never text
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
