import { randomBytes } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import { diagnosePullFailure } from '../ecs/pull-failure.ts';
import { createDesk } from '../lambda/desk.ts';
import { createExecutions } from '../lambda/executions.ts';
import { createStoring } from '../lambda/storing.ts';
import type { SlackDependencies } from '../slack/dependencies.ts';
import type { GatewayAnswer } from '../slack/front-door.ts';
import { createPeople } from '../slack/people.ts';
import type { GatewayRequest } from '../slack/request-check.ts';
import { openSlack } from '../slack/slack-app.ts';
import { textsFor } from '../text/catalogue.ts';
import { slackClient, slackKeys } from './slack-access.ts';
import { settingsOf } from './slack-settings.ts';
import { lazily, type Wiring, type WiringOptions, wire } from './wiring.ts';

type Handler = (event: GatewayRequest) => Promise<GatewayAnswer>;

/**
 * What Slack calls, and the only function with a URL. It holds no right on any target: it keeps records, invokes the
 * functions that do, and answers within three seconds.
 */
export const handler = lazily(() => createSlackHandler({ env: process.env }));

/** The handler of API Gateway events (HTTP API, payload 2.0). Reads Slack's keys with its first event. */
export function createSlackHandler(options: WiringOptions): Handler {
  const wiring = wire(options, 'slack');
  const keys = slackKeys(wiring.config);
  let opened: Promise<Handler> | undefined;
  return async (event) => {
    opened ??= open(wiring, keys);
    try {
      return await (await opened)(event);
    } catch (error) {
      // Only opening throws, over a secret that could not be read: the next event tries again.
      opened = undefined;
      throw error;
    }
  };
}

async function open(wiring: Wiring, keys: ReturnType<typeof slackKeys>): Promise<Handler> {
  const { config, log } = wiring;
  const client = slackClient(config, log, await keys());
  return openSlack({
    deps: depsOf(wiring, client),
    signingSecret: async () => (await keys()).signingSecret.reveal(),
    authorize: async () => ({ botToken: (await keys()).botToken.reveal() }),
    log,
    // Slack's timestamps are of the real clock, whatever clock the product runs on.
    wallNow: () => Date.now(),
  });
}

function depsOf(wiring: Wiring, client: WebClient): SlackDependencies {
  const { config, clock, log, ledger, lambda, wrap } = wiring;
  const settings = settingsOf(config);
  return {
    settings,
    client,
    people: createPeople(client, settings, { clock, log }),
    ledger,
    executions: wrap(
      'executions',
      createExecutions({ client: lambda, rotationFunction: config.functions.rotation }),
    ),
    storing: wrap('storing', createStoring(lambda, config.functions.store)),
    desk: createDesk(lambda, config.functions.desk),
    clock,
    texts: textsFor('en'),
    log,
    diagnose: diagnosePullFailure,
    newReference: () => randomBytes(4).toString('hex'),
  };
}
