import type { Clock } from '../../src/clock.ts';

/** Errors with which Slack refuses to edit or delete a message. */
export type EditError = 'edit_window_closed' | 'message_not_found' | 'cant_update_message';

/** How Slack misbehaves, turned by a test or by a person on the page. Times are of the sandbox's clock unless said. */
export interface SlackKnobs {
  /** Every Web API call takes this many milliseconds of real time longer. */
  slowApiMs: number;
  /** Answers this many next calls with HTTP 500. */
  serverErrors: number;
  /** Answers this many next calls with 429. */
  rateLimitNext: number;
  /** Answers 429 until this time. */
  rateLimitUntil: number;
  /** What `Retry-After` says on a 429 made by a knob, in seconds. */
  retryAfterSeconds: number;
  /** Refuses this many next payloads with blocks as `invalid_blocks`. */
  invalidBlocksNext: number;
  /** Refuses edits and deletions of messages with this error, until `editErrorUntil`. */
  editError: EditError | undefined;
  editErrorUntil: number;
  /** Delivers every command, interaction and event twice at once. */
  duplicateDeliveries: boolean;
  /** Methods that fail with this error as long as they stand here, such as `usergroups.users.list`. */
  readonly methodErrors: Map<string, string>;
}

/** Knobs that all stand at rest. */
export function createKnobs(): SlackKnobs {
  return {
    slowApiMs: 0,
    serverErrors: 0,
    rateLimitNext: 0,
    rateLimitUntil: 0,
    retryAfterSeconds: 10,
    invalidBlocksNext: 0,
    editError: undefined,
    editErrorUntil: Number.POSITIVE_INFINITY,
    duplicateDeliveries: false,
    methodErrors: new Map(),
  };
}

/** Lets every edit and deletion fail with this error for `ms` milliseconds of the sandbox's clock. */
export function failEditsFor(knobs: SlackKnobs, clock: Clock, ms: number, error: EditError): void {
  knobs.editError = error;
  knobs.editErrorUntil = clock.now() + ms;
}

/** Answers every call with 429 for `ms` milliseconds of the sandbox's clock. */
export function rateLimitFor(knobs: SlackKnobs, clock: Clock, ms: number): void {
  knobs.rateLimitUntil = clock.now() + ms;
}

/** Whether a counted knob strikes now; it is turned back by one. */
export function strikes(
  knobs: SlackKnobs,
  knob: 'serverErrors' | 'rateLimitNext' | 'invalidBlocksNext',
): boolean {
  if (knobs[knob] <= 0) return false;
  knobs[knob] -= 1;
  return true;
}

/** The error with which an edit made now is refused, if any. */
export function editErrorNow(knobs: SlackKnobs, clock: Clock): EditError | undefined {
  return clock.now() < knobs.editErrorUntil ? knobs.editError : undefined;
}
