/**
 * What Slack would refuse in a message or view, and a few stricter rules of our own: a message always has
 * its text, and no text calls a whole channel. The stand-in refuses a payload by the same check the tests use.
 */
import { both, byType, type Check, flag, isObject, object, type Problem, string, wrong } from './check.ts';
import { plainText, quietString } from './composition.ts';
import { checkBlocks } from './whole-payload.ts';

export type { Problem } from './check.ts';

const MOST_VIEW_BYTES = 250 * 1024;
// chat.postMessage cuts at 40,000, chat.update refuses beyond 4,000: one limit for both.
const MOST_MESSAGE_TEXT = 4000;

/** Everything wrong with the `text` and `blocks` of a message; empty means Slack would take it. */
export function validateMessage(message: unknown): Problem[] {
  if (!isObject(message)) return wrong('', 'must be an object');
  return [
    ...checkMessageText(message.text),
    ...(message.blocks === undefined ? [] : checkBlocks(message.blocks, 'message')),
    ...(message.attachments === undefined ? [] : wrong('/attachments', 'attachments are not used here')),
  ];
}

function checkMessageText(text: unknown): Problem[] {
  if (typeof text !== 'string' || text.trim() === '')
    return wrong('/text', 'a message needs its text: the notification shows it', 'no_text');
  if (text.length > MOST_MESSAGE_TEXT)
    return wrong(
      '/text',
      `must be at most ${MOST_MESSAGE_TEXT} characters (got ${text.length})`,
      'msg_too_long',
    );
  return quietString(MOST_MESSAGE_TEXT)(text, '/text');
}

const blocksAreCheckedApart: Check = () => [];

const COMMON = {
  callback_id: string(255),
  external_id: string(255),
  private_metadata: string(3000, 0),
};

const view = byType({
  home: object({ blocks: blocksAreCheckedApart }, COMMON),
  modal: both(
    object(
      { blocks: blocksAreCheckedApart, title: plainText(24) },
      { ...COMMON, submit: plainText(24), close: plainText(24), clear_on_close: flag, notify_on_close: flag },
    ),
    (value, pointer) =>
      isObject(value) && value.submit === undefined && hasInput(value.blocks)
        ? wrong(`${pointer}/submit`, 'a view with an input block needs a submit button')
        : [],
  ),
});

function hasInput(blocks: unknown): boolean {
  return Array.isArray(blocks) && blocks.some((block) => isObject(block) && block.type === 'input');
}

/** Everything wrong with a modal or home view; empty means Slack would take it. */
export function validateView(value: unknown): Problem[] {
  const problems = view(value, '');
  if (!isObject(value)) return problems;
  const surface = value.type === 'home' ? 'home' : 'modal';
  const bytes = Buffer.byteLength(JSON.stringify(value));
  return [
    ...problems,
    ...checkBlocks(value.blocks, surface),
    ...(bytes > MOST_VIEW_BYTES
      ? wrong('', `a view must be at most ${MOST_VIEW_BYTES} bytes`, 'view_too_large')
      : []),
  ];
}
