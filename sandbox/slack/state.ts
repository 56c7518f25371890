/** What the workspace holds. Read it freely in a test; it is changed only by the files beside this one. */
import type { Block, View } from './block-kit.ts';
import type { ElementState } from './view-values.ts';

export interface Message {
  readonly ts: string;
  readonly channel: string;
  /** The timestamp of the message this one replies to. */
  readonly threadTs?: string;
  /** The id of who wrote it: the app's user id or a person's. */
  readonly author: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** When it was last edited, as a timestamp. */
  readonly edited?: string;
  /** The only person who sees it. */
  readonly onlyFor?: string;
  /** Whether it is a reply that the channel shows too. */
  readonly broadcast?: boolean;
}

/** A modal someone has open, or a person's Home tab. */
export interface OpenView {
  readonly id: string;
  readonly user: string;
  readonly hash: string;
  readonly rootId: string;
  readonly previousId?: string;
  readonly view: View;
  /** What the person has entered so far, by block id and action id. */
  readonly entered: Readonly<Record<string, Readonly<Record<string, ElementState>>>>;
}

/** One request to the Web API or a response_url, whole, for the test that searches it for secrets. */
export interface ApiCall {
  /** Milliseconds of the sandbox's clock. */
  readonly at: number;
  /** Such as `chat.update`, or `response_url`. */
  readonly method: string;
  /** The raw body. */
  readonly body: string;
  readonly status: number;
  readonly answer: unknown;
}

/** One request to the app. The body is not kept: a submission may hold a secret. */
export interface DeliveryRecord {
  readonly at: number;
  readonly kind: string;
  /** Milliseconds of real time the app took; the limit is 3,000. */
  readonly tookMs: number;
  readonly result: 'answered' | 'operation_timeout' | 'dispatch_failed';
  readonly status?: number;
}

/** What Slack itself told a person about the app failing. */
export interface Failure {
  readonly at: number;
  readonly user: string;
  readonly error: string;
  readonly text: string;
}

export interface SlackState {
  readonly messages: Message[];
  readonly ephemerals: Message[];
  /** Open modals by id, oldest first. */
  readonly views: Map<string, OpenView>;
  /** Home tabs by user id. */
  readonly homes: Map<string, OpenView>;
  readonly calls: ApiCall[];
  readonly deliveries: DeliveryRecord[];
  readonly failures: Failure[];
}

/** An empty workspace. */
export function createState(): SlackState {
  return {
    messages: [],
    ephemerals: [],
    views: new Map(),
    homes: new Map(),
    calls: [],
    deliveries: [],
    failures: [],
  };
}
