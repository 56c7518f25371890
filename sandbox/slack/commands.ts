import { type Delivered, sendForm, showFailure } from './delivery.ts';
import { post, withBlockIds } from './messages.ts';
import { type Command, commandForm } from './payloads.ts';
import { APP, findChannel, isMember } from './people.ts';
import { validateMessage } from './validator/validate.ts';
import type { Workspace } from './workspace.ts';

/** How it went, as the person sees it. */
export type Outcome = { readonly kind: 'ok' } | { readonly kind: 'failed'; readonly error: string };

/**
 * A person runs a slash command in a channel. Failures are shown to them in Slack's words.
 * @throws {Error} where the person is not in the channel.
 */
export async function runCommand(workspace: Workspace, command: Command): Promise<Outcome> {
  const channel = findChannel(workspace.directory, command.channel);
  if (!channel || !isMember(channel, command.user))
    throw new Error(`${command.user} is not in ${command.channel}`);
  const sent = { ...command, channel: channel.id };
  const delivered = await sendForm(workspace, 'command', commandForm(workspace, sent));
  if (delivered.kind === 'failed') return fail(workspace, sent, delivered.error);
  return showReply(workspace, sent, delivered.response.body);
}

function fail(workspace: Workspace, command: Command, error: string): Outcome {
  showFailure(workspace, command.user, error, `${command.command} failed with the error "${error}"`);
  return { kind: 'failed', error };
}

/** The body of the answer may be empty, plain text, or a message. */
function showReply(workspace: Workspace, command: Command, body: string): Outcome {
  if (body.trim() === '') return { kind: 'ok' };
  const reply = asMessage(body);
  if (validateMessage(reply).length > 0) return fail(workspace, command, 'invalid_blocks');
  const inChannel = reply.response_type === 'in_channel';
  post(workspace, {
    channel: command.channel,
    author: APP.userId,
    text: String(reply.text),
    blocks: withBlockIds(workspace, reply.blocks),
    ...(inChannel ? {} : { onlyFor: command.user }),
  });
  return { kind: 'ok' };
}

function asMessage(body: string): { text?: unknown; blocks?: unknown; response_type?: unknown } {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : { text: body };
  } catch {
    return { text: body };
  }
}

/** Slack's own check of the app's certificate; the app answers 200 and does nothing. */
export function checkSsl(workspace: Workspace): Promise<Delivered> {
  return sendForm(workspace, 'ssl_check', { ssl_check: '1', token: 'legacy-verification-token' });
}
