import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Actor } from '../act.ts';

/** A click on a button. */
export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** Something chosen or entered in a view, before it is sent. */
export type InputArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

export type SubmissionArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** Who clicked or sent a view. A person of another workspace has a team of their own. */
export function actorOf(body: {
  readonly user: { readonly id: string; readonly team_id?: string };
  readonly team?: { readonly id: string } | null;
}): Actor {
  return { userId: body.user.id, teamId: body.user.team_id ?? body.team?.id };
}
