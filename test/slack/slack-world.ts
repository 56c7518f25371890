import { createHmac } from 'node:crypto';
import { WebClient } from '@slack/web-api';
import { type Slack, startSlack } from '../../sandbox/slack/start-slack.ts';
import type { AppRequest, AppResponse } from '../../sandbox/slack/workspace.ts';
import { wallClock } from '../../src/clock.ts';
import { diagnosePullFailure } from '../../src/ecs/pull-failure.ts';
import { createLog } from '../../src/log.ts';
import type { DeskRequest, StoreAnswer, StoreRequest } from '../../src/rotation/requests.ts';
import type { KnownCredential } from '../../src/rotation/rules/credential.ts';
import type { RotationKey } from '../../src/rotation/rules/rotation.ts';
import { createBoltLog } from '../../src/slack/bolt-log.ts';
import type { SlackDependencies } from '../../src/slack/dependencies.ts';
import { createPeople } from '../../src/slack/people.ts';
import type { SlackSettings } from '../../src/slack/settings.ts';
import { openSlack } from '../../src/slack/slack-app.ts';
import { textsFor } from '../../src/text/catalogue.ts';
import { createMemoryLedger } from './memory-ledger.ts';

export const signingSecret = 'a-signing-secret-for-tests';

const settings: SlackSettings = {
  teamId: 'T0SANDBOX',
  command: '/ecs-rotate',
  approvers: { userGroupId: 'S_APPROVERS', users: [] },
  requesters: { users: ['U_AYA'] },
  emergency: { users: ['U_DANA'] },
  entries: ['here', 'stored', 'in-use'],
  defaultChannel: 'C_OPS',
};

/**
 * The Slack side over the Slack stand-in: real requests, real Bolt and Web API client; storing, executions and desk are
 * written down, the ledger is in memory.
 */
export async function startSlackWorld(
  changes: Partial<SlackSettings> = {},
  more: { readonly unheardAfterMs?: number } = {},
) {
  const ledger = createMemoryLedger();
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const stored: StoreRequest[] = [];
  const asked: DeskRequest[] = [];
  const rung: string[] = [];
  const started: [RotationKey, number][] = [];
  const world = { answer: undefined as StoreAnswer | undefined };
  let references = 0;

  const slack: Slack = await startSlack({
    clock: wallClock,
    signingSecret,
    people: [
      { id: 'U_AYA', name: 'aya', realName: 'Aya' },
      { id: 'U_BEN', name: 'ben', realName: 'Ben' },
      { id: 'U_CHO', name: 'cho', realName: 'Cho' },
      { id: 'U_DANA', name: 'dana', realName: 'Dana' },
      { id: 'U_OTTO', name: 'otto', realName: 'Otto' },
      { id: 'U_GUEST', name: 'guest', realName: 'Guest', guest: 'multi-channel' },
      { id: 'U_FOREIGN', name: 'foreign', realName: 'Foreign', foreignTeam: 'T0OTHER' },
    ],
    channels: [
      { id: 'C_OPS', name: 'ops' },
      { id: 'C_SHARED', name: 'shared', isExternallyShared: true },
      { id: 'C_SECRET', name: 'secret', isPrivate: true, appIsIn: false },
    ],
    userGroups: [
      { id: 'S_APPROVERS', handle: 'approvers', name: 'Approvers', users: ['U_BEN', 'U_CHO', 'U_GUEST'] },
    ],
    deliver: (request) => deliver(request),
  });

  const client = new WebClient('xoxb-test', {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: createBoltLog(log),
  });
  const allSettings = { ...settings, ...changes };
  const deps: SlackDependencies = {
    settings: allSettings,
    client,
    people: createPeople(client, allSettings, { clock: wallClock, log }),
    ledger,
    executions: {
      start: async (key, generation) => void started.push([key, generation]),
      ring: async (callbackId) => void rung.push(callbackId),
      statusOf: async () => 'none',
    },
    storing: {
      async store(request) {
        stored.push(request);
        return world.answer ?? { result: 'stored', key: { registry: request.registry, id: 'NEW42' } };
      },
    },
    desk: { hand: async (request) => void asked.push(request) },
    clock: wallClock,
    texts: textsFor('en-US'),
    log,
    diagnose: diagnosePullFailure,
    newReference: () => `ref${++references}`,
  };
  const handle = openSlack({
    deps,
    signingSecret: async () => signingSecret,
    authorize: async () => ({ botToken: 'xoxb-test', botId: 'B0ECSROTATE', botUserId: 'U0ECSROTATE' }),
    log,
    wallNow: () => Date.now(),
    ...more,
  });

  async function deliver({ headers, body, path }: AppRequest): Promise<AppResponse> {
    const answer = await handle(gatewayEvent(body, headers, path));
    return { status: answer.statusCode, headers: { ...answer.headers }, body: answer.body ?? '' };
  }

  return { slack, client, ledger, deps, handle, world, stored, asked, rung, started, lines };
}

export type SlackWorld = Awaited<ReturnType<typeof startSlackWorld>>;

/** An event of an HTTP API, payload 2.0, with the body in base64 as API Gateway sends it. */
export function gatewayEvent(body: string | Buffer, headers: Record<string, string>, path = '/slack/events') {
  return {
    version: '2.0',
    routeKey: `POST ${path}`,
    rawPath: path,
    rawQueryString: '',
    headers,
    requestContext: { http: { method: 'POST', path, sourceIp: '127.0.0.1' } },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
}

/** Headers as Slack signs a body; `at` in seconds. */
export function signed(
  body: string | Buffer,
  at = Math.floor(Date.now() / 1000),
  contentType = 'application/x-www-form-urlencoded',
  secret = signingSecret,
): Record<string, string> {
  const digest = createHmac('sha256', secret).update(`v0:${at}:`).update(body).digest('hex');
  return {
    'content-type': contentType,
    'x-slack-request-timestamp': String(at),
    'x-slack-signature': `v0=${digest}`,
  };
}

/** A credential of the inventory. */
export function knownCredential(name: string, parts: Partial<KnownCredential> = {}): KnownCredential {
  return {
    kind: 'secret',
    target: 'main',
    id: `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`,
    name,
    registries: ['ghcr.io'],
    userName: 'acme-pull',
    services: 3,
    otherConsumers: 0,
    seenAt: 1,
    ...parts,
  };
}
