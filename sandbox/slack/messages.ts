/** Posting, editing and removing messages. Payloads have passed the validator before they come here. */
import type { Block } from './block-kit.ts';
import { APP, TEAM } from './people.ts';
import type { Message } from './state.ts';
import { announce, type Workspace } from './workspace.ts';

export type Draft = Omit<Message, 'ts' | 'edited'>;

/** Puts a message where its readers see it: for one person only where `onlyFor` names one. */
export function post(workspace: Workspace, draft: Draft): Message {
  const message: Message = { ...draft, ts: workspace.ids.timestamp() };
  (message.onlyFor ? workspace.state.ephemerals : workspace.state.messages).push(message);
  announce(workspace);
  return message;
}

/** Replaces what a message says. */
export function edit(
  workspace: Workspace,
  message: Message,
  change: Pick<Message, 'text' | 'blocks'>,
): Message {
  const edited: Message = { ...message, ...change, edited: workspace.ids.timestamp() };
  const list = listOf(workspace, message);
  list.splice(list.indexOf(message), 1, edited);
  announce(workspace);
  return edited;
}

/** Takes a message away. */
export function remove(workspace: Workspace, message: Message): void {
  const list = listOf(workspace, message);
  list.splice(list.indexOf(message), 1);
  announce(workspace);
}

function listOf(workspace: Workspace, message: Message): Message[] {
  return message.onlyFor ? workspace.state.ephemerals : workspace.state.messages;
}

/** The message with this timestamp, whoever sees it. */
export function findMessage(workspace: Workspace, ts: string): Message | undefined {
  const { messages, ephemerals } = workspace.state;
  return [...messages, ...ephemerals].find((message) => message.ts === ts);
}

/** Gives every block without an id one, as Slack does. The blocks must have passed the validator. */
export function withBlockIds(workspace: Workspace, blocks: unknown): Block[] {
  if (!Array.isArray(blocks)) return [];
  // The validator has let these blocks in, and block-kit.ts describes just what it lets in.
  return blocks.map((block) => ({ block_id: workspace.ids.next('b'), ...block }) as Block);
}

/** A message as the Web API and interactions show it to the app. */
export function messagePayload(message: Message): Record<string, unknown> {
  const byApp = message.author === APP.userId;
  return {
    type: 'message',
    user: message.author,
    ...(byApp ? { bot_id: APP.botId, app_id: APP.id } : {}),
    team: TEAM.id,
    ts: message.ts,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    text: message.text,
    blocks: message.blocks,
    ...(message.edited ? { edited: { user: message.author, ts: message.edited } } : {}),
  };
}
