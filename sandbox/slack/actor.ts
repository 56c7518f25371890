/** A person in the imitated workspace, for scenarios and tests: acts through the same code as the page. */
import { type Outcome, runCommand } from './commands.ts';
import { sendEvent } from './delivery.ts';
import { type Entries, fill } from './entries.ts';
import { post } from './messages.ts';
import { appHomeOpened } from './payloads.ts';
import { findChannel, isMember } from './people.ts';
import { findControl, type Press, press } from './presses.ts';
import type { Message, OpenView } from './state.ts';
import type { SubmitOutcome } from './submission-answers.ts';
import { close, submit } from './submissions.ts';
import type { Entry } from './view-values.ts';
import type { Workspace } from './workspace.ts';

export interface ClickOptions {
  /** What to press in the button's confirm dialog. A button with a dialog cannot be clicked without saying. */
  readonly confirm?: boolean;
  /** Tell controls with the same action id apart. */
  readonly blockId?: string;
  readonly value?: string;
}

export type ClickOutcome = Outcome | { readonly kind: 'cancelled' };

/** What one person can do. Everything throws an Error that says what they see where they could not do it. */
export interface Actor {
  readonly userId: string;
  /** Runs a slash command, such as `command('/ecs-rotate', 'help', '#deploys')`; resolves when the app answered. */
  command(command: string, text: string, channel: string): Promise<Outcome>;
  /** Presses a button of a message (by timestamp) or of the view in front (by id). */
  click(where: string, actionId: string, options?: ClickOptions): Promise<ClickOutcome>;
  /** Chooses in a menu outside an input block, or in an input that dispatches its action. */
  choose(where: string, actionId: string, entry: Entry, options?: ClickOptions): Promise<ClickOutcome>;
  /** Enters values without submitting; by block id, or `block_id/action_id`. */
  fill(viewId: string, entries: Entries): OpenView;
  /** Enters values, if any are given, and presses the submit button. */
  submit(viewId: string, entries?: Entries): Promise<SubmitOutcome>;
  /** Closes the view in front; all of them with `all`. */
  close(viewId: string, all?: boolean): Promise<void>;
  /** Opens the app's Home tab; the app hears of it by an event. */
  openHome(): Promise<OpenView | undefined>;
  /** Writes an ordinary message, which the app does not hear of. */
  say(channel: string, text: string, threadTs?: string): Message;
}

/** Gives a person their hands. */
export function createActor(workspace: Workspace, user: string): Actor {
  return {
    userId: user,
    command: (command, text, channel) => runCommand(workspace, { user, channel, command, text }),
    click: (where, actionId, options = {}) => click(workspace, { user, where, actionId }, options),
    choose: (where, actionId, entry, options = {}) =>
      click(workspace, { user, where, actionId, entry }, options),
    fill: (viewId, entries) => fill(workspace, user, viewId, entries),
    submit: (viewId, entries) => submit(workspace, user, viewId, entries),
    close: (viewId, all) => close(workspace, user, viewId, all),
    openHome: () => openHome(workspace, user),
    say: (channel, text, threadTs) =>
      say(workspace, user, { channel, text, ...(threadTs ? { threadTs } : {}) }),
  };
}

async function click(workspace: Workspace, target: Press, options: ClickOptions): Promise<ClickOutcome> {
  const { confirm, ...narrower } = options;
  const request = { ...target, ...narrower };
  const dialog = findControl(workspace, request).control.confirm;
  if (dialog && confirm === undefined)
    throw new Error(`${target.actionId} asks "${dialog.title.text}": say what to press with {confirm}`);
  return dialog && confirm === false ? { kind: 'cancelled' } : press(workspace, request);
}

/** Opens a person's Home tab and gives what the app published, if anything. */
export async function openHome(workspace: Workspace, user: string): Promise<OpenView | undefined> {
  await sendEvent(workspace, appHomeOpened(workspace, user));
  return workspace.state.homes.get(user);
}

/** Lets a person write an ordinary message. @throws {Error} where they are not in the channel. */
export function say(
  workspace: Workspace,
  user: string,
  draft: { channel: string; text: string; threadTs?: string },
): Message {
  const channel = findChannel(workspace.directory, draft.channel);
  if (!channel || !isMember(channel, user)) throw new Error(`${user} is not in ${draft.channel}`);
  return post(workspace, { ...draft, channel: channel.id, author: user, blocks: [] });
}
