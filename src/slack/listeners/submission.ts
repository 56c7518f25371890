import type { ModalView } from '@slack/types';
import type { SlackDependencies } from '../dependencies.ts';
import { noticeView } from '../views/notice.ts';
import type { SubmissionArgs } from './incoming.ts';
import { tellUnexpected } from './private-answer.ts';

/** How a sent form ends. Field words are plain text, by block id; a notice is mrkdwn and takes the form's place. */
export type FormEnd =
  | { readonly end: 'close' }
  | { readonly end: 'wrong'; readonly fields: Readonly<Record<string, string>> }
  | { readonly end: 'notice'; readonly says: string }
  | { readonly end: 'view'; readonly view: ModalView };

/** A listener for a form: does the work, then answers Slack once. An error is told in the form with a reference. */
export function onSubmission(deps: SlackDependencies, work: (args: SubmissionArgs) => Promise<FormEnd>) {
  return async (args: SubmissionArgs): Promise<void> => {
    const end = await work(args).catch((error: unknown): FormEnd => {
      return { end: 'notice', says: tellUnexpected(deps, error, args.view.callback_id) };
    });
    await answer(deps, args, end);
  };
}

async function answer({ texts }: SlackDependencies, { ack }: SubmissionArgs, end: FormEnd): Promise<void> {
  switch (end.end) {
    case 'close':
      return ack({ response_action: 'clear' });
    case 'wrong':
      return ack({ response_action: 'errors', errors: { ...end.fields } });
    case 'notice':
      return ack({ response_action: 'update', view: noticeView(texts, end.says) });
    case 'view':
      return ack({ response_action: 'update', view: end.view });
    default:
      return unknownEnd(end);
  }
}

function unknownEnd(end: never): never {
  throw new TypeError(`unknown end ${JSON.stringify(end)}`);
}
