import { readConfig } from '../../src/config.ts';
import { isRotateError } from '../../src/errors.ts';

export const target = { id: 'prod', region: 'eu-west-1', account: '111122223333' };
export const staging = {
  id: 'staging',
  region: 'eu-west-1',
  account: '444455556666',
  stage: 'staging',
  approvals: 0,
};
/** The fewest variables that make a configuration. */
export const least = {
  ECS_ROTATE_STAGE: 'prod',
  ECS_ROTATE_TABLE: 'ecs-rotate',
  ECS_ROTATE_CHANNEL: 'C0OPS0001',
  ECS_ROTATE_APPROVERS: '{"userGroupId":"S0APPROVE"}',
  ECS_ROTATE_SLACK_TEAM: 'T0ACME001',
  ECS_ROTATE_TARGETS: JSON.stringify([target]),
  ECS_ROTATE_STORE_FUNCTION: 'ecs-rotate-store',
  ECS_ROTATE_CHECK_FUNCTION: 'ecs-rotate-check',
  ECS_ROTATE_DESK_FUNCTION: 'ecs-rotate-desk',
  ECS_ROTATE_ROTATION_FUNCTION: 'ecs-rotate-rotation:live',
  ECS_ROTATE_SLACK_SECRET: 'ecs-rotate/slack',
};

export function read(changes: Record<string, string | undefined> = {}) {
  return readConfig({ ...least, ...changes });
}

/** What is said of a wrong environment; undefined where nothing is wrong. */
export function complaint(changes: Record<string, string | undefined>) {
  try {
    read(changes);
  } catch (error) {
    if (isRotateError(error, 'config-invalid')) return error.facts;
    throw error;
  }
  return undefined;
}

export const slackKeys = [
  'ECS_ROTATE_SLACK_SECRET',
  'ECS_ROTATE_SLACK_SIGNING_SECRET',
  'ECS_ROTATE_SLACK_BOT_TOKEN',
];
