import type { Clock } from '../../src/clock.ts';
import { createIds, type Ids } from './ids.ts';
import { createKnobs, type SlackKnobs } from './knobs.ts';
import type { Directory } from './people.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';
import { createResponseUrls, type ResponseUrls } from './response-urls.ts';
import { createState, type SlackState } from './state.ts';
import { createTriggers, type Triggers } from './triggers.ts';

/** A signed request to the app, as Slack would send it. */
export interface AppRequest {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface AppResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Brings a request to the app. A rejection means the app is down. */
export type Deliver = (request: AppRequest) => Promise<AppResponse>;

export interface WorkspaceOptions extends Directory {
  readonly clock: Clock;
  readonly signingSecret: string;
  readonly deliver: Deliver;
  /** The app's bot token; any that begins with `xoxb-` where not given. */
  readonly botToken?: string;
  /** The scopes the token was granted, such as those of the manifest; all where not given. */
  readonly grantedScopes?: readonly string[];
}

/** One imitated workspace: its people, what it holds and its bookkeeping. */
export interface Workspace {
  readonly clock: Clock;
  readonly signingSecret: string;
  readonly deliver: Deliver;
  readonly botToken: string | undefined;
  readonly grantedScopes: readonly string[] | undefined;
  /** Who is who. People and groups may be replaced while it runs. */
  directory: Directory;
  readonly state: SlackState;
  readonly ids: Ids;
  readonly knobs: SlackKnobs;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
  readonly rateLimits: RateLimits;
  /** The stand-in's own address, known once it listens. */
  url: string;
  /** Called after every change of the state. */
  readonly watchers: Set<() => void>;
}

/** A workspace at rest, with nothing said in it. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { clock, signingSecret, deliver, people, channels, userGroups } = options;
  return {
    clock,
    signingSecret,
    deliver,
    botToken: options.botToken,
    grantedScopes: options.grantedScopes,
    directory: { people, channels, userGroups },
    state: createState(),
    ids: createIds(clock),
    knobs: createKnobs(),
    triggers: createTriggers(),
    responseUrls: createResponseUrls(clock),
    rateLimits: createRateLimits(clock),
    url: '',
    watchers: new Set(),
  };
}

/** Tells everyone who watches that something people see has changed. */
export function announce(workspace: Workspace): void {
  for (const watcher of workspace.watchers) watcher();
}
