import * as z from 'zod';
import type { SecretValue } from '../secret-value.ts';
import {
  address,
  approvals,
  between,
  entries,
  functionName,
  hidden,
  logLevel,
  people,
  qualifiedFunctionName,
  targets,
  words,
} from './schemas.ts';
import type { Setting } from './setting.ts';

const stage = words(/^[a-z][a-z0-9-]{0,31}$/, 'must be a short name in lower case');
const table = words(/^[\w.-]{3,255}$/, 'must be the name of a DynamoDB table');
const channel = words(/^[CG][A-Z0-9]{2,}$/, 'must be a channel id such as C0123ABCD');
const team = words(/^T[A-Z0-9]{2,}$/, 'must be a workspace id such as T0123ABCD');
const command = words(/^\/[a-z0-9_-]{1,31}$/, 'must be a slash and at most 31 of a-z, 0-9, - and _');
const endpoints = z.record(words(/^[\w.-]+(?::\d{1,5})?$/, 'must be a host'), address());

/** Every environment variable that is read. docs/install.md has a row for each. */
// biome-ignore format: one setting a line
export const settings = {
  stage: required('ECS_ROTATE_STAGE', 'text', stage),
  tableName: required('ECS_ROTATE_TABLE', 'text', table),
  defaultChannel: required('ECS_ROTATE_CHANNEL', 'text', channel),
  approvers: required('ECS_ROTATE_APPROVERS', 'json', people()),
  requesters: optional('ECS_ROTATE_REQUESTERS', 'json', people(), { users: [] }),
  emergencyGroup: possible('ECS_ROTATE_EMERGENCY_GROUP', 'json', people()),
  emergencyEnabled: optional('ECS_ROTATE_EMERGENCY', 'switch', z.boolean(), false),
  approvals: optional('ECS_ROTATE_APPROVALS', 'number', approvals(), 1),
  approvalHours: optional('ECS_ROTATE_APPROVAL_HOURS', 'number', between(0.1, 72), 4),
  remindMinutes: optional('ECS_ROTATE_REMIND_MINUTES', 'number', between(1, 1440), 30),
  allowedTeamId: required('ECS_ROTATE_SLACK_TEAM', 'text', team),
  commandName: optional('ECS_ROTATE_COMMAND', 'text', command, '/ecs-rotate'),
  entries: optional('ECS_ROTATE_ENTRIES', 'json', entries(), { here: true, stored: true, inUse: true }),
  targets: required('ECS_ROTATE_TARGETS', 'json', targets()),
  storeFunction: required('ECS_ROTATE_STORE_FUNCTION', 'text', functionName()),
  checkFunction: required('ECS_ROTATE_CHECK_FUNCTION', 'text', functionName()),
  deskFunction: required('ECS_ROTATE_DESK_FUNCTION', 'text', functionName()),
  rotationFunction: required('ECS_ROTATE_ROTATION_FUNCTION', 'text', qualifiedFunctionName()),
  registryEndpoints: optional('ECS_ROTATE_REGISTRY_ENDPOINTS', 'json', endpoints, {}),
  slackSecretId: possible('ECS_ROTATE_SLACK_SECRET', 'text', z.string()),
  slackSigningSecret: possible<SecretValue>('ECS_ROTATE_SLACK_SIGNING_SECRET', 'text', hidden()),
  slackBotToken: possible<SecretValue>('ECS_ROTATE_SLACK_BOT_TOKEN', 'text', hidden()),
  slackApiUrl: possible('ECS_ROTATE_SLACK_API_URL', 'text', address()),
  lambdaEndpoint: possible('ECS_ROTATE_LAMBDA_ENDPOINT', 'text', address()),
  dynamoEndpoint: possible('ECS_ROTATE_DYNAMO_ENDPOINT', 'text', address()),
  logLevel: optional('ECS_ROTATE_LOG_LEVEL', 'text', logLevel(), 'INFO'),
  serviceLimitMinutes: optional('ECS_ROTATE_SERVICE_LIMIT_MINUTES', 'number', between(1, 120), 15),
  waveSizePercent: optional('ECS_ROTATE_WAVE_PERCENT', 'number', between(1, 100), 20),
} as const;

function required<T>(name: string, written: Setting<T>['written'], schema: z.ZodType<T>): Setting<T> {
  return { name, written, schema };
}

function optional<T>(
  name: string,
  written: Setting<T>['written'],
  schema: z.ZodType<T>,
  value: NoInfer<T>,
): Setting<T> {
  return { name, written, schema, unset: { value } };
}

/** May be absent, and then has no value at all. */
function possible<T>(
  name: string,
  written: Setting<T>['written'],
  schema: z.ZodType<T>,
): Setting<T | undefined> {
  return { name, written, schema: schema.optional(), unset: { value: undefined } };
}
