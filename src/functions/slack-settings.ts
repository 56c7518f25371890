import type { Config } from '../config.ts';
import type { Entry } from '../rotation/rules/rotation.ts';
import type { SlackSettings } from '../slack/settings.ts';

/** What the Slack side needs of the configuration. */
export function settingsOf(config: Config): SlackSettings {
  const { approvers, requesters, emergencyGroup, emergencyEnabled } = config;
  return {
    teamId: config.allowedTeamId,
    command: config.commandName,
    approvers,
    requesters,
    ...(emergencyEnabled && emergencyGroup ? { emergency: emergencyGroup } : {}),
    entries: entriesOf(config),
    defaultChannel: config.defaultChannel,
  };
}

/** The ways of entering that are switched on; readConfig refuses a configuration with none. */
function entriesOf({ entries }: Config): Entry[] {
  const ways: [Entry, boolean][] = [
    ['here', entries.here],
    ['stored', entries.stored],
    ['in-use', entries.inUse],
  ];
  return ways.filter(([, isOn]) => isOn).map(([entry]) => entry);
}
