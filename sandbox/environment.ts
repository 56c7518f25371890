import { approversGroup, onCallGroup, people } from './estate/people.ts';
import { TEAM } from './slack/people.ts';

export interface EnvironmentOptions {
  readonly targets: readonly { id: string; region: string; stage: string; endpoint: string }[];
  readonly registries: ReadonlyMap<string, string>;
  readonly slack: { apiUrl: string; signingSecret: string; botToken: string; channel: string };
  readonly dynamo: string;
  readonly tableName: string;
  readonly settings?: Readonly<Record<string, string>>;
}

/** Settings of the product in the sandbox: the same variables as on AWS (docs/install.md). */
export function sandboxEnvironment(options: EnvironmentOptions): Record<string, string> {
  const { slack } = options;
  return {
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    ECS_ROTATE_STAGE: 'sandbox',
    ECS_ROTATE_TABLE: options.tableName,
    ECS_ROTATE_CHANNEL: slack.channel,
    ECS_ROTATE_APPROVERS: JSON.stringify({ userGroupId: approversGroup, users: [] }),
    ECS_ROTATE_REQUESTERS: JSON.stringify({ users: [people.aya] }),
    ECS_ROTATE_EMERGENCY: 'false',
    ECS_ROTATE_EMERGENCY_GROUP: JSON.stringify({ userGroupId: onCallGroup, users: [] }),
    ECS_ROTATE_SLACK_TEAM: TEAM.id,
    ECS_ROTATE_TARGETS: JSON.stringify(
      options.targets.map((target) => ({ ...target, account: '111122223333' })),
    ),
    ECS_ROTATE_STORE_FUNCTION: 'store',
    ECS_ROTATE_CHECK_FUNCTION: 'check',
    ECS_ROTATE_DESK_FUNCTION: 'desk',
    ECS_ROTATE_ROTATION_FUNCTION: 'rotation:durable',
    ECS_ROTATE_REGISTRY_ENDPOINTS: JSON.stringify(Object.fromEntries(options.registries)),
    ECS_ROTATE_SLACK_SIGNING_SECRET: slack.signingSecret,
    ECS_ROTATE_SLACK_BOT_TOKEN: slack.botToken,
    ECS_ROTATE_SLACK_API_URL: slack.apiUrl,
    ECS_ROTATE_DYNAMO_ENDPOINT: options.dynamo,
    ...options.settings,
  };
}

/** The SDK reads region and keys from the process itself; on Lambda they stand there. */
export function takeAwsSettings(env: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(env)) if (name.startsWith('AWS_')) process.env[name] ??= value;
}
