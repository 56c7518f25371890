import type { KnownBlock, ModalView } from '@slack/types';

/** The part of Slack's Web API that is used. `WebClient` of @slack/web-api fits; errors are read by slack-refusal.ts. */
export interface MessageClient {
  readonly chat: {
    postMessage(message: {
      channel: string;
      text: string;
      blocks?: KnownBlock[];
      thread_ts?: string;
      unfurl_links?: boolean;
    }): Promise<{ ts?: string; channel?: string }>;
    update(message: {
      channel: string;
      ts: string;
      text: string;
      blocks?: KnownBlock[];
    }): Promise<{ ts?: string; channel?: string }>;
  };
}

export interface ViewClient {
  readonly views: {
    open(opening: {
      trigger_id: string;
      view: ModalView;
    }): Promise<{ view?: { id?: string; hash?: string } }>;
    update(change: { view_id: string; hash?: string; view: ModalView }): Promise<unknown>;
  };
}

/** Answers are parsed by people.ts and channels.ts; Slack's types promise more than they hold. */
export interface DirectoryClient {
  readonly users: { info(query: { user: string }): Promise<unknown> };
  readonly usergroups: { readonly users: { list(query: { usergroup: string }): Promise<unknown> } };
  readonly conversations: { info(query: { channel: string }): Promise<unknown> };
}

export type SlackClient = MessageClient & ViewClient & DirectoryClient;
