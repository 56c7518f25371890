/** chat.*: what the app may do with messages. */
import { editErrorNow, strikes } from '../knobs.ts';
import { edit, messagePayload, post, remove, withBlockIds } from '../messages.ts';
import { APP, type Channel, findChannel, findPerson, isDirectMessage, isMember } from '../people.ts';
import type { Message } from '../state.ts';
import { validateMessage } from '../validator/validate.ts';
import type { Workspace } from '../workspace.ts';
import { isSet } from './arguments.ts';
import { ApiRefusal, type Arguments, type Method, need, refuseProblems } from './refusal.ts';

/** Posts to a channel, to a thread with `thread_ts`, or to a person directly. */
export const postMessage: Method = (workspace, args) => {
  const channel = writableChannel(workspace, args);
  const threadTs = threadOf(workspace, args, channel);
  checkPayload(workspace, args);
  const message = post(workspace, {
    channel: channel.id,
    author: APP.userId,
    ...content(workspace, args),
    ...(threadTs ? { threadTs, broadcast: isSet(args.reply_broadcast) } : {}),
  });
  return { channel: channel.id, ts: message.ts, message: messagePayload(message) };
};

/** Shows a message to one person in a channel they and the app are in. */
export const postEphemeral: Method = (workspace, args) => {
  const channel = findChannel(workspace.directory, need(args, 'channel', 'channel_not_found'));
  const user = need(args, 'user', 'no_user');
  if (!channel) throw new ApiRefusal('channel_not_found');
  if (channel.appIsIn === false) throw new ApiRefusal('not_in_channel');
  if (!findPerson(workspace.directory, user)) throw new ApiRefusal('user_not_found');
  if (!isMember(channel, user)) throw new ApiRefusal('user_not_in_channel');
  const threadTs = threadOf(workspace, args, channel);
  checkPayload(workspace, args);
  const message = post(workspace, {
    channel: channel.id,
    author: APP.userId,
    onlyFor: user,
    ...content(workspace, args),
    ...(threadTs ? { threadTs } : {}),
  });
  return { message_ts: message.ts };
};

/** Edits one of the app's own messages. Blocks that are not given stay; an empty list takes them away. */
export const update: Method = (workspace, args) => {
  const message = ownMessage(workspace, args, 'cant_update_message');
  const change = { text: message.text, ...args };
  checkPayload(workspace, change);
  const blocks = args.blocks === undefined ? message.blocks : withBlockIds(workspace, args.blocks);
  const edited = edit(workspace, message, { text: String(change.text), blocks });
  return { channel: edited.channel, ts: edited.ts, text: edited.text, message: messagePayload(edited) };
};

/** Takes one of the app's own messages away. */
export const deleteMessage: Method = (workspace, args) => {
  const message = ownMessage(workspace, args, 'cant_delete_message');
  remove(workspace, message);
  return { channel: message.channel, ts: message.ts };
};

/** A link to a message; it leads to the stand-in's page. */
export const getPermalink: Method = (workspace, args) => {
  const channel = need(args, 'channel', 'channel_not_found');
  const ts = need(args, 'message_ts', 'message_not_found');
  const message = workspace.state.messages.find((each) => each.ts === ts && each.channel === channel);
  if (!message) throw new ApiRefusal('message_not_found');
  const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel}` : '';
  return { channel, permalink: `${workspace.url}/archives/${channel}/p${ts.replace('.', '')}${thread}` };
};

/** chat:write.public lets the app into public channels uninvited; a private one it is not in does not exist to it. */
function writableChannel(workspace: Workspace, args: Arguments): Channel {
  const channel = findChannel(workspace.directory, need(args, 'channel', 'channel_not_found'));
  if (!channel || (channel.isPrivate && channel.appIsIn === false)) throw new ApiRefusal('channel_not_found');
  if (channel.isArchived) throw new ApiRefusal('is_archived');
  return channel;
}

function threadOf(workspace: Workspace, args: Arguments, channel: Channel): string | undefined {
  if (args.thread_ts === undefined) return undefined;
  const ts = need(args, 'thread_ts');
  const parent = workspace.state.messages.find((each) => each.ts === ts && each.channel === channel.id);
  if (!parent) throw new ApiRefusal('thread_not_found');
  return parent.threadTs ?? parent.ts;
}

function ownMessage(workspace: Workspace, args: Arguments, notOwn: string): Message {
  const channel = need(args, 'channel', 'channel_not_found');
  const ts = need(args, 'ts', 'message_not_found');
  const broken = editErrorNow(workspace.knobs, workspace.clock);
  if (broken) throw new ApiRefusal(broken);
  // An edit takes only the id of the channel, not its name.
  const known = workspace.directory.channels.some((each) => each.id === channel) || isDirectMessage(channel);
  if (!known) throw new ApiRefusal('channel_not_found');
  const message = workspace.state.messages.find((each) => each.ts === ts && each.channel === channel);
  if (!message) throw new ApiRefusal('message_not_found');
  if (message.author !== APP.userId) throw new ApiRefusal(notOwn);
  return message;
}

function checkPayload(workspace: Workspace, args: Arguments): void {
  if (args.blocks !== undefined && strikes(workspace.knobs, 'invalidBlocksNext'))
    refuseProblems([{ pointer: '/blocks/0/type', message: 'unsupported type (made by the sandbox)' }]);
  refuseProblems(validateMessage(args));
}

function content(workspace: Workspace, args: Arguments): Pick<Message, 'text' | 'blocks'> {
  return { text: String(args.text), blocks: withBlockIds(workspace, args.blocks) };
}
