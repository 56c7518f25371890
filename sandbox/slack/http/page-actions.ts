/** What a person can do on the page. Each action runs the code a scenario's actor runs. */
import * as z from 'zod';
import { openHome, say } from '../actor.ts';
import { runCommand } from '../commands.ts';
import { fill } from '../entries.ts';
import type { PageExtras } from '../page-extras.ts';
import { press } from '../presses.ts';
import { close, submit } from '../submissions.ts';
import type { Workspace } from '../workspace.ts';
import { type HttpAnswer, jsonAnswer } from './exchange.ts';

const entry = z.union([z.string(), z.array(z.string()), z.null()]);
const user = z.string();
const viewId = z.string();
const entries = z.record(z.string(), entry);

const requests = {
  command: z.object({ user, channel: z.string(), command: z.string(), text: z.string() }),
  press: z.object({
    user,
    where: z.string(),
    actionId: z.string(),
    blockId: z.string(),
    entry: entry.optional(),
    /** What was typed into the view so far; it travels with the press. */
    entries: entries.optional(),
  }),
  submit: z.object({ user, viewId, entries }),
  close: z.object({ user, viewId, all: z.boolean() }),
  home: z.object({ user }),
  say: z.object({ user, channel: z.string(), text: z.string().min(1), threadTs: z.string().optional() }),
  knob: z.object({ id: z.string(), value: z.unknown().optional() }),
};

/** Runs one action of the page by its name; undefined where there is no such action. */
export async function runPageAction(
  workspace: Workspace,
  extras: PageExtras,
  name: string,
  body: string,
): Promise<HttpAnswer | undefined> {
  try {
    const result = act(workspace, extras, name, JSON.parse(body || '{}'));
    return result && jsonAnswer((await result) ?? {});
  } catch (error) {
    return jsonAnswer(
      { kind: 'impossible', error: error instanceof Error ? error.message : String(error) },
      409,
    );
  }
}

function act(
  workspace: Workspace,
  extras: PageExtras,
  name: string,
  body: unknown,
): Promise<unknown> | undefined {
  switch (name) {
    case 'command':
      return runCommand(workspace, requests.command.parse(body));
    case 'press':
      return pressOnPage(workspace, requests.press.parse(body));
    case 'submit': {
      const request = requests.submit.parse(body);
      return submit(workspace, request.user, request.viewId, request.entries);
    }
    case 'close': {
      const request = requests.close.parse(body);
      return close(workspace, request.user, request.viewId, request.all);
    }
    case 'home':
      return openHome(workspace, requests.home.parse(body).user);
    case 'say': {
      const { user: author, threadTs, ...draft } = requests.say.parse(body);
      return Promise.resolve(say(workspace, author, { ...draft, ...(threadTs ? { threadTs } : {}) }));
    }
    case 'knob': {
      const knob = requests.knob.parse(body);
      return Promise.resolve(extras.onKnob?.(knob.id, knob.value));
    }
    default:
      return undefined;
  }
}

function pressOnPage(workspace: Workspace, request: z.infer<typeof requests.press>): Promise<unknown> {
  const { entries: typed, entry: chosen, ...target } = request;
  if (typed) fill(workspace, request.user, request.where, typed);
  return press(workspace, { ...target, ...(chosen === undefined ? {} : { entry: chosen }) });
}
