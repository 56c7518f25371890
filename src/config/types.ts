import type { SecretValue } from '../secret-value.ts';

/** What an operator sets for one deployment. docs/install.md describes each with its environment variable. */
export interface Config {
  /** Name of this deployment of ecs-rotate, such as `prod`. Not the stage of a target. */
  readonly stage: string;
  /** The one DynamoDB table. */
  readonly tableName: string;
  /** Channel id for rotations asked for elsewhere, and for alarms. */
  readonly defaultChannel: string;
  readonly approvers: People;
  /** May ask besides approvers, who always may. */
  readonly requesters: People;
  /** May start without approval, where `emergencyEnabled`. */
  readonly emergencyGroup?: People;
  readonly emergencyEnabled: boolean;
  /** Approvals a rotation needs, unless a target says otherwise; see `approvalsNeeded`. */
  readonly approvals: Approvals;
  /** How long a request waits for approval. */
  readonly approvalHours: number;
  /** How often an unanswered request is brought to mind, and a waiting workflow reads its record again. */
  readonly remindMinutes: number;
  /** Id of the only Slack workspace that is served. */
  readonly allowedTeamId: string;
  /** With its slash. */
  readonly commandName: string;
  readonly entries: Entries;
  readonly targets: readonly Target[];
  readonly functions: Functions;
  /** Address to use for a registry host instead of https://host. For the sandbox. */
  readonly registryEndpoints: Readonly<Record<string, string>>;
  readonly slack: SlackAccess;
  /** Addresses to use instead of AWS's own. For the sandbox. */
  readonly lambdaEndpoint?: string;
  readonly dynamoEndpoint?: string;
  readonly logLevel: 'INFO' | 'WARN' | 'ERROR';
  /** How long one service may take to become steady before the rotation pauses. */
  readonly serviceLimitMinutes: number;
  /** Share of a stage's services that restarts together after the first service. */
  readonly waveSizePercent: number;
}

/** A Slack user group, single people by user id, or both. */
export interface People {
  readonly userGroupId?: string;
  readonly users: readonly string[];
}

export type Approvals = 0 | 1 | 2;

/** The ways a new login may come in. At least one is on. */
export interface Entries {
  /** Typed into the form. */
  readonly here: boolean;
  /** Stored beforehand under our own label. */
  readonly stored: boolean;
  /** In use already, only to be proved. */
  readonly inUse: boolean;
}

/** An AWS account and region whose services are looked after. */
export interface Target {
  /** Unique; stands in ids of consumers. */
  readonly id: string;
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  /** Such as `staging` or `production`, which it is unless said. Staging restarts first. */
  readonly stage: string;
  readonly approvals?: Approvals;
  /** Address to use instead of AWS's own. For the sandbox. */
  readonly endpoint?: string;
}

/** Lambda functions by name or ARN. */
export interface Functions {
  /** Stores a new login. */
  readonly store: string;
  /** Reads logins and tries them. */
  readonly check: string;
  /** Finishes slow Slack work after a click was acknowledged. */
  readonly desk: string;
  /** The workflow, with its alias: open executions keep the version they started with. */
  readonly rotation: string;
}

/** Where the signing secret and the bot token come from: Secrets Manager, or (sandbox) the environment. */
export type SlackAccess =
  /** A secret holding a JSON object with `botToken` and `signingSecret`. */
  | { readonly from: 'secrets-manager'; readonly apiUrl?: string; readonly secretId: string }
  | {
      readonly from: 'environment';
      readonly apiUrl?: string;
      readonly signingSecret: SecretValue;
      readonly botToken: SecretValue;
    };
