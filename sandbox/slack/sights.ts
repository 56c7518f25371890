/** What can be seen in the workspace, for scenarios and tests. */
import { wallClock } from '../../src/clock.ts';
import { findChannel } from './people.ts';
import { mrkdwnText, plainText } from './plain-text.ts';
import type { Message, OpenView } from './state.ts';
import { stackOf } from './views.ts';
import type { Workspace } from './workspace.ts';

const LOOK_AGAIN_MS = 20;

export interface Sights {
  /** A channel's messages without the replies only a thread shows, oldest first. */
  messages(channel: string): Message[];
  /** A message's replies, oldest first. */
  thread(ts: string): Message[];
  /** What only this person sees, oldest first. */
  privateTo(user: string): Message[];
  /** The modal this person has in front. */
  openView(user: string): OpenView | undefined;
  /** A person's Home tab as the app published it. */
  homeOf(user: string): OpenView | undefined;
  /** A message or view as plain text, mentions by name. */
  textOf(shown: Message | OpenView): string;
  /**
   * Waits until `predicate` gives something other than undefined, false or null, and gives that. Looks after
   * every change here and every 20 ms.
   * @throws {Error} after `timeoutMs` of real time, with `what` and all messages in plain text.
   */
  waitFor<T>(predicate: () => T | undefined | false | null, timeoutMs?: number, what?: string): Promise<T>;
}

/** Gives what can be seen in a workspace. */
export function createSights(workspace: Workspace): Sights {
  const { state } = workspace;
  return {
    messages(reference) {
      const id = findChannel(workspace.directory, reference)?.id ?? reference;
      return state.messages.filter((each) => each.channel === id && (!each.threadTs || each.broadcast));
    },
    thread: (ts) => state.messages.filter((each) => each.threadTs === ts),
    privateTo: (user) => state.ephemerals.filter((each) => each.onlyFor === user),
    openView: (user) => stackOf(workspace, user).at(-1),
    homeOf: (user) => state.homes.get(user),
    textOf: (shown) => textOf(workspace, shown),
    waitFor: (predicate, timeoutMs = 5000, what = 'what was expected') =>
      waitFor(workspace, predicate, timeoutMs, what),
  };
}

function textOf(workspace: Workspace, shown: Message | OpenView): string {
  if (!('view' in shown))
    return shown.blocks.length > 0
      ? plainText(shown.blocks, workspace.directory)
      : mrkdwnText(shown.text, workspace.directory);
  const { title, blocks, submit } = shown.view;
  const lines = [title?.text, plainText(blocks, workspace.directory), submit && `[${submit.text}]`];
  return lines.filter((line) => line).join('\n');
}

function waitFor<T>(
  workspace: Workspace,
  predicate: () => T | undefined | false | null,
  timeoutMs: number,
  what: string,
): Promise<T> {
  const deadline = wallClock.now() + timeoutMs;
  return new Promise((resolve, reject) => {
    let stopLooking = () => {};
    const look = () => {
      stopLooking();
      try {
        const seen = predicate();
        if (seen !== undefined && seen !== false && seen !== null) finish(() => resolve(seen));
        else if (wallClock.now() > deadline) finish(() => reject(notSeen(workspace, what, timeoutMs)));
        else stopLooking = wallClock.after(LOOK_AGAIN_MS, look);
      } catch (error) {
        finish(() => reject(error));
      }
    };
    const finish = (settle: () => void) => {
      workspace.watchers.delete(look);
      settle();
    };
    workspace.watchers.add(look);
    look();
  });
}

function notSeen(workspace: Workspace, what: string, timeoutMs: number): Error {
  const { messages, ephemerals, failures } = workspace.state;
  const shown = [...messages, ...ephemerals].map((message) => `  ${textOf(workspace, message)}`);
  const failed = failures.map((failure) => `  Slack told ${failure.user}: ${failure.text}`);
  return new Error(
    [`${what}: not seen within ${timeoutMs} ms. Slack shows:`, ...shown, ...failed].join('\n'),
  );
}
