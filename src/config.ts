import { type Environment, invalidSetting, readSetting, type Setting } from './config/setting.ts';
import { settings } from './config/settings.ts';
import type { Approvals, Config, People, SlackAccess } from './config/types.ts';

export type * from './config/types.ts';

/**
 * Reads the configuration from environment variables (`ECS_ROTATE_*`; lists and objects as JSON). Called once by
 * each function's wiring. Throws `config-invalid`, which names the variable and never quotes what it holds.
 */
export function readConfig(env: Environment): Config {
  const read = <T>(setting: Setting<T>): T => readSetting(env, setting);
  const s = settings;
  const config: Config = {
    stage: read(s.stage),
    tableName: read(s.tableName),
    defaultChannel: read(s.defaultChannel),
    approvers: read(s.approvers),
    requesters: read(s.requesters),
    emergencyGroup: read(s.emergencyGroup),
    emergencyEnabled: read(s.emergencyEnabled),
    approvals: read(s.approvals),
    approvalHours: read(s.approvalHours),
    remindMinutes: read(s.remindMinutes),
    allowedTeamId: read(s.allowedTeamId),
    commandName: read(s.commandName),
    entries: read(s.entries),
    targets: read(s.targets),
    functions: {
      store: read(s.storeFunction),
      check: read(s.checkFunction),
      desk: read(s.deskFunction),
      rotation: read(s.rotationFunction),
    },
    registryEndpoints: read(s.registryEndpoints),
    slack: readSlackAccess(env),
    lambdaEndpoint: read(s.lambdaEndpoint),
    dynamoEndpoint: read(s.dynamoEndpoint),
    logLevel: read(s.logLevel),
    serviceLimitMinutes: read(s.serviceLimitMinutes),
    waveSizePercent: read(s.waveSizePercent),
  };
  requireEnoughApprovers(config);
  requireEmergencyGroup(config);
  return config;
}

/** Approvals for a rotation over these targets (ids): the most that any of them asks for. */
export function approvalsNeeded(config: Config, targetIds: readonly string[]): Approvals {
  const asked = config.targets
    .filter(({ id }) => targetIds.includes(id))
    .map((target) => target.approvals ?? config.approvals);
  // No target known: no ground to ask for less than the general number.
  return asked.reduce((most, one) => (one > most ? one : most), asked.length > 0 ? 0 : config.approvals);
}

/** Secrets Manager, or both values from the environment; never a mixture, which would hide a mistake. */
function readSlackAccess(env: Environment): SlackAccess {
  const apiUrl = readSetting(env, settings.slackApiUrl);
  const secretId = readSetting(env, settings.slackSecretId);
  const signingSecret = readSetting(env, settings.slackSigningSecret);
  const botToken = readSetting(env, settings.slackBotToken);
  if (secretId !== undefined) {
    if (!signingSecret && !botToken) return { from: 'secrets-manager', apiUrl, secretId };
    throw invalidSetting(settings.slackSecretId.name, 'it is set beside a signing secret or bot token');
  }
  if (signingSecret && botToken) return { from: 'environment', apiUrl, signingSecret, botToken };
  if (signingSecret)
    throw invalidSetting(settings.slackBotToken.name, 'it is missing beside the signing secret');
  if (botToken) throw invalidSetting(settings.slackSigningSecret.name, 'it is missing beside the bot token');
  throw invalidSetting(settings.slackSecretId.name, 'it is missing');
}

/** Of a user group the members are known to Slack only; of a list of people they can be counted. */
function requireEnoughApprovers({ approvers, approvals, targets }: Config): void {
  const most = Math.max(...targets.map((target) => target.approvals ?? approvals));
  if (approvers.userGroupId === undefined && countPeople(approvers) < most) {
    throw invalidSetting(settings.approvers.name, `it names fewer people than the ${most} approvals needed`);
  }
}

function requireEmergencyGroup({ emergencyEnabled, emergencyGroup }: Config): void {
  if (emergencyEnabled && !emergencyGroup) {
    throw invalidSetting(
      settings.emergencyGroup.name,
      `it is missing, while ${settings.emergencyEnabled.name} is true`,
    );
  }
}

function countPeople(people: People): number {
  return new Set(people.users).size;
}
