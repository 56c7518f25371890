import { App, type AuthorizeResult, ExpressReceiver } from '@slack/bolt';
import serverlessHttp from 'serverless-http';
import * as z from 'zod';
import type { Log } from '../log.ts';
import { createBoltLog } from './bolt-log.ts';
import type { SlackDependencies } from './dependencies.ts';
import { createFrontDoor, type GatewayAnswer, type Room } from './front-door.ts';
import { registerListeners } from './listeners/index.ts';
import type { GatewayRequest } from './request-check.ts';

export interface SlackAppOptions {
  readonly deps: SlackDependencies;
  /** Bolt checks the signature a second time with it. */
  readonly signingSecret: () => Promise<string>;
  /** Asked for at each request; not a token, for Bolt would ask Slack who it is at every cold start. */
  readonly authorize: () => Promise<AuthorizeResult>;
  readonly log: Log;
  /** When a signed request that no listener hears is answered 404; Slack gives up after three seconds. */
  readonly unheardAfterMs?: number;
}

const answerShape = z.object({
  statusCode: z.number(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
});

/** Bolt with its listeners, as a function of one event. Stands behind the front door. */
export function createSlackApp(options: SlackAppOptions): Room {
  const { deps, signingSecret, authorize, log, unheardAfterMs = 2_900 } = options;
  const logger = createBoltLog(log);
  const receiver = new ExpressReceiver({
    signingSecret,
    logger,
    // Lambda freezes after the answer: a listener must be through before it is given.
    processBeforeResponse: true,
    unhandledRequestTimeoutMillis: unheardAfterMs,
    customPropertiesExtractor: (request) => ({
      slackSentAt: Number(request.headers['x-slack-request-timestamp']) * 1000,
    }),
  });
  const app = new App({ receiver, authorize, logger, processBeforeResponse: true });
  registerListeners(app, deps);
  app.error(async (error) => log.error('A listener failed', { error }));
  const handle = serverlessHttp(receiver.app);
  return async (event): Promise<GatewayAnswer> => {
    const { headers, ...answer } = answerShape.parse(await handle(event, {}));
    return headers ? { ...answer, headers } : answer;
  };
}

/** The whole Slack side as one handler of API Gateway events: the front door, and Bolt behind it. */
export function openSlack(
  options: SlackAppOptions & { readonly wallNow: () => number },
): (event: GatewayRequest) => Promise<GatewayAnswer> {
  return createFrontDoor(createSlackApp(options), options);
}
