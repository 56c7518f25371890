/** What the app may say through a response_url. */
import { wallClock } from '../../src/clock.ts';
import { strikes } from './knobs.ts';
import { edit, findMessage, post, remove, withBlockIds } from './messages.ts';
import { APP } from './people.ts';
import type { ResponsePlace } from './response-urls.ts';
import { isObject, type JsonObject } from './validator/check.ts';
import { validateMessage } from './validator/validate.ts';
import type { Workspace } from './workspace.ts';

export interface ResponseAnswer {
  readonly status: number;
  readonly body: string;
}

/** Answers a post to the response_url with this key and keeps it in the record. */
export async function answerResponseUrl(
  workspace: Workspace,
  key: string,
  body: string,
): Promise<ResponseAnswer> {
  if (workspace.knobs.slowApiMs > 0) await wallClock.sleep(workspace.knobs.slowApiMs);
  const answer = answerPost(workspace, key, body);
  const call = {
    at: workspace.clock.now(),
    method: 'response_url',
    body,
    status: answer.status,
    answer: answer.body,
  };
  workspace.state.calls.push(call);
  return answer;
}

function answerPost(workspace: Workspace, key: string, body: string): ResponseAnswer {
  if (strikes(workspace.knobs, 'serverErrors')) return { status: 500, body: 'server_error' };
  const place = workspace.responseUrls.look(key);
  if (typeof place === 'string') return { status: 404, body: place };
  const message = parse(body);
  if (!message) return { status: 400, body: 'invalid_payload' };
  const deletes = message.delete_original === true;
  if (!deletes && validateMessage(message).length > 0) return { status: 400, body: 'invalid_blocks' };
  workspace.responseUrls.use(key);
  apply(workspace, place, message);
  return { status: 200, body: 'ok' };
}

function parse(body: string): JsonObject | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function apply(workspace: Workspace, place: ResponsePlace, message: JsonObject): void {
  const original = place.originalTs === undefined ? undefined : findMessage(workspace, place.originalTs);
  if (message.delete_original === true) {
    if (original) remove(workspace, original);
    return;
  }
  const content = { text: String(message.text), blocks: withBlockIds(workspace, message.blocks) };
  if (message.replace_original === true && original) {
    edit(workspace, original, content);
    return;
  }
  post(workspace, {
    channel: place.channel,
    author: APP.userId,
    ...content,
    ...(message.response_type === 'in_channel' ? {} : { onlyFor: place.user }),
    ...(typeof message.thread_ts === 'string' ? { threadTs: message.thread_ts } : {}),
  });
}
