/** A workspace with a scripted app behind it, and a clock turned by hand. */
import { createActor } from '../../../sandbox/slack/actor.ts';
import { createSights } from '../../../sandbox/slack/sights.ts';
import { callMethod } from '../../../sandbox/slack/web-api/call.ts';
import {
  type AppRequest,
  type AppResponse,
  createWorkspace,
  type Workspace,
  type WorkspaceOptions,
} from '../../../sandbox/slack/workspace.ts';
import { type Clock, sleepOn } from '../../../src/clock.ts';

export const SECRET = 'signing-secret';

export const people = [
  { id: 'U_AYA', name: 'aya', realName: 'Aya' },
  { id: 'U_BEN', name: 'ben', realName: 'Ben', locale: 'ja-JP' },
  { id: 'U_GUS', name: 'gus', realName: 'Gus', guest: 'single-channel' as const },
  { id: 'U_OUT', name: 'out', realName: 'Out', foreignTeam: 'T_OTHER' },
];

export const channels = [
  { id: 'C_DEPLOYS', name: 'deploys' },
  { id: 'C_OPS', name: 'ops', members: ['U_AYA', 'U_BEN'] },
  { id: 'C_SECRET', name: 'secret', isPrivate: true, appIsIn: false },
  { id: 'C_OLD', name: 'old', isArchived: true },
];

export const userGroups = [
  { id: 'S_APP', handle: 'platform-approvers', name: 'Approvers', users: ['U_BEN'] },
];

/** A clock that stands until it is moved. */
export function handClock(start = Date.UTC(2025, 10, 20, 14)): Clock & { move(ms: number): void } {
  let now = start;
  const due: { at: number; action: () => void }[] = [];
  const clock = {
    now: () => now,
    after(ms: number, action: () => void) {
      const entry = { at: now + ms, action };
      due.push(entry);
      return () => void due.splice(due.indexOf(entry), 1);
    },
    sleep: (ms: number, signal?: AbortSignal): Promise<void> => sleepOn(clock, ms, signal),
    move(ms: number) {
      now += ms;
      for (const entry of due.filter(({ at }) => at <= now)) entry.action();
    },
  };
  return clock;
}

/** The app as a test scripts it: what came is kept, `answer` may be replaced at any time. */
export interface FakeApp {
  readonly requests: AppRequest[];
  answer: (request: AppRequest) => Partial<AppResponse> | Promise<Partial<AppResponse>>;
}

export function setUp(options: Partial<WorkspaceOptions> = {}) {
  const app: FakeApp = { requests: [], answer: () => ({}) };
  const clock = handClock();
  const workspace = createWorkspace({
    clock,
    signingSecret: SECRET,
    people,
    channels,
    userGroups,
    deliver: async (request) => {
      app.requests.push(request);
      return { status: 200, headers: {}, body: '', ...(await app.answer(request)) };
    },
    ...options,
  });
  workspace.url = 'http://127.0.0.1:1';
  const api = (method: string, args: object = {}) => callApi(workspace, method, args);
  const as = (user: string) => createActor(workspace, user);
  return { app, clock, workspace, api, as, ...createSights(workspace) };
}

/** The fields of Web API answers that tests look at; which are there depends on the method. */
export interface ApiBody {
  readonly ok: boolean;
  readonly error?: string;
  readonly ts: string;
  readonly message_ts: string;
  readonly channel: unknown;
  readonly view: { readonly id: string; readonly hash: string };
  readonly response_metadata?: { readonly messages: readonly string[] };
}

/** Calls a Web API method with a JSON body and gives the answer's body. */
export async function callApi(workspace: Workspace, method: string, args: object): Promise<ApiBody> {
  const answer = await callMethod(workspace, {
    method,
    contentType: 'application/json',
    authorization: 'Bearer xoxb-test',
    body: JSON.stringify(args),
  });
  // The stand-in's answers are plain JSON; a test that reads a field its method does not give fails.
  return answer.body as unknown as ApiBody;
}

/** The interaction in a request's form. */
export function payloadOf(request: AppRequest | undefined) {
  return JSON.parse(formOf(request).payload ?? '{}');
}

export function formOf(request: AppRequest | undefined): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(request?.body ?? ''));
}
