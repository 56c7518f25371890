import type { Entry } from '../rotation/rules/rotation.ts';

/** People by user group, by name, or both. A group is read from Slack at each click (src/slack/people.ts). */
export interface Members {
  /** Id of a user group, such as `S0123`. */
  readonly userGroupId?: string;
  /** Ids of users. */
  readonly users: readonly string[];
}

/** Who is called in messages. */
export interface PeopleConfig {
  readonly approvers: Members;
  /** Absent where a start without approval is not configured. */
  readonly emergency?: Members;
}

/** What the operator decides of the Slack side. */
export interface SlackSettings extends PeopleConfig {
  readonly teamId: string;
  /** The slash command as installed, such as `/ecs-rotate`. */
  readonly command: string;
  /** Who may ask besides approvers. */
  readonly requesters: Members;
  /** Ways of entering a login that are switched on; at least one. */
  readonly entries: readonly Entry[];
  /** Where a request is shown that was made in a place the app cannot post to, such as a direct message. */
  readonly defaultChannel: string;
}
