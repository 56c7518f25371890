/**
 * The Slack stand-in: plays Slack in front of the app (signed requests, three seconds to answer) and behind it
 * (Web API, response_url), and serves a page on which people can use it. Loopback only.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Actor, createActor } from './actor.ts';
import { isForUs, readRequest, sendAnswer, textAnswer } from './http/exchange.ts';
import { createLivePages, type LivePages } from './http/live.ts';
import { route, type Site } from './http/routes.ts';
import type { SlackKnobs } from './knobs.ts';
import type { PageExtras } from './page-extras.ts';
import { createSights, type Sights } from './sights.ts';
import type { SlackState } from './state.ts';
import { createWorkspace, type Workspace, type WorkspaceOptions } from './workspace.ts';

export interface SlackOptions extends WorkspaceOptions {
  /** 0 or none for any free port. */
  readonly port?: number;
  readonly pageExtras?: PageExtras;
  /** Where the page's files are; sandbox/page under the current directory where not given. */
  readonly pageDirectory?: string;
}

/** A running stand-in. Besides what follows it has everything that can be seen: see `Sights`. */
export interface Slack extends Sights {
  /** The page's address. */
  readonly url: string;
  /** What the SDK's client takes as `slackApiUrl`. */
  readonly apiUrl: string;
  readonly state: SlackState;
  readonly knobs: SlackKnobs;
  /** The workspace itself, where people, groups and channels may be replaced. */
  readonly workspace: Workspace;
  /** Acts as this person. @throws {Error} where there is nobody with this id. */
  as(userId: string): Actor;
  close(): Promise<void>;
}

/** Starts the stand-in on 127.0.0.1. Rejects where the port is taken. */
export async function startSlack(options: SlackOptions): Promise<Slack> {
  const workspace = createWorkspace(options);
  const { pageExtras: extras = {}, pageDirectory = join(process.cwd(), 'sandbox', 'page') } = options;
  const live = createLivePages(workspace);
  const server = createServer((incoming, response) => {
    serve({ workspace, extras, pageDirectory }, live, incoming, response).catch((error) => {
      sendAnswer(response, textAnswer(500, `the stand-in failed: ${error}`));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  workspace.url = `http://127.0.0.1:${portOf(server.address())}`;
  return {
    ...createSights(workspace),
    url: workspace.url,
    apiUrl: `${workspace.url}/api/`,
    state: workspace.state,
    knobs: workspace.knobs,
    workspace,
    as: (userId) => actorFor(workspace, userId),
    close: () => {
      live.close();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function serve(
  site: Site,
  live: LivePages,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  if (!request) return sendAnswer(response, textAnswer(413, 'too large'));
  if (!isForUs(request, incoming.socket.localPort ?? 0))
    return sendAnswer(response, textAnswer(403, 'wrong host or origin'));
  if (request.path === '/_sandbox/events') return live.add(response);
  sendAnswer(response, await route(site, request));
}

/** A listening TCP server's port. */
function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address ? address.port : 0;
}

function actorFor(workspace: Workspace, userId: string): Actor {
  if (!workspace.directory.people.some((person) => person.id === userId))
    throw new Error(`there is no ${userId}`);
  return createActor(workspace, userId);
}
