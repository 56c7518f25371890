/** The bodies Slack sends to the app. Shapes follow Slack's interaction payload reference. */
import { messagePayload } from './messages.ts';
import { APP, findChannel, findPerson, isDirectMessage, TEAM } from './people.ts';
import type { Message, OpenView } from './state.ts';
import { stateValues } from './view-values.ts';
import { viewPayload } from './views.ts';
import type { Workspace } from './workspace.ts';

export interface Command {
  readonly user: string;
  readonly channel: string;
  /** With its slash. */
  readonly command: string;
  readonly text: string;
}

/** The form of a slash command. */
export function commandForm(workspace: Workspace, command: Command): Record<string, string> {
  const person = findPerson(workspace.directory, command.user);
  return {
    token: 'legacy-verification-token',
    team_id: person?.foreignTeam ?? TEAM.id,
    team_domain: TEAM.domain,
    channel_id: command.channel,
    channel_name: channelName(workspace, command.channel),
    user_id: command.user,
    user_name: person?.name ?? '',
    command: command.command,
    text: command.text,
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: responseUrl(workspace, { channel: command.channel, user: command.user }),
    trigger_id: workspace.triggers.issue({ user: command.user }),
  };
}

/** A press or choice in a message. The app sees the message only where everyone does. */
export function messageAction(workspace: Workspace, user: string, message: Message, action: object) {
  const { ts, channel, onlyFor } = message;
  return {
    ...envelope(workspace, 'block_actions', user),
    trigger_id: workspace.triggers.issue({ user }),
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: onlyFor !== undefined },
    channel: { id: channel, name: channelName(workspace, channel) },
    ...(onlyFor ? {} : { message: messagePayload(message) }),
    state: { values: stateValues({ type: 'modal', blocks: message.blocks }, {}) },
    response_url: responseUrl(workspace, { channel, user, originalTs: ts }),
    actions: [action],
  };
}

/** A press or choice in a modal or Home tab. What was typed so far comes with it. */
export function viewAction(workspace: Workspace, open: OpenView, action: object) {
  return {
    ...envelope(workspace, 'block_actions', open.user),
    trigger_id: workspace.triggers.issue({ user: open.user, viewId: open.id }),
    container: { type: 'view', view_id: open.id },
    view: viewPayload(open),
    actions: [action],
  };
}

/** A pressed submit button, with every input's value. */
export function viewSubmission(workspace: Workspace, open: OpenView) {
  return {
    ...envelope(workspace, 'view_submission', open.user),
    trigger_id: workspace.triggers.issue({ user: open.user, viewId: open.id }),
    view: viewPayload(open),
    response_urls: [],
  };
}

/** A modal the person closed; `isCleared` where the whole stack went. */
export function viewClosed(workspace: Workspace, open: OpenView, isCleared: boolean) {
  return { ...envelope(workspace, 'view_closed', open.user), view: viewPayload(open), is_cleared: isCleared };
}

/** The event of an opened Home tab. */
export function appHomeOpened(workspace: Workspace, user: string) {
  const at = Math.floor(workspace.clock.now() / 1000);
  const open = workspace.state.homes.get(user);
  return {
    token: 'legacy-verification-token',
    team_id: TEAM.id,
    api_app_id: APP.id,
    type: 'event_callback',
    event: {
      type: 'app_home_opened',
      user,
      channel: `D${user}`,
      tab: 'home',
      event_ts: workspace.ids.timestamp(),
      ...(open ? { view: viewPayload(open) } : {}),
    },
    event_id: workspace.ids.next('Ev'),
    event_time: at,
  };
}

function envelope<T extends string>(workspace: Workspace, type: T, user: string) {
  const person = findPerson(workspace.directory, user);
  return {
    type,
    token: 'legacy-verification-token',
    api_app_id: APP.id,
    team: { id: TEAM.id, domain: TEAM.domain },
    enterprise: null,
    is_enterprise_install: false,
    user: {
      id: user,
      username: person?.name,
      name: person?.name,
      team_id: person?.foreignTeam ?? TEAM.id,
    },
  };
}

function responseUrl(workspace: Workspace, place: Parameters<Workspace['responseUrls']['issue']>[0]): string {
  return `${workspace.url}/response/${workspace.responseUrls.issue(place)}`;
}

function channelName(workspace: Workspace, channel: string): string {
  if (isDirectMessage(channel)) return 'directmessage';
  return findChannel(workspace.directory, channel)?.name ?? channel;
}
