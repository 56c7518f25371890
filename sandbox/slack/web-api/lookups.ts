/** Who and what there is: users.*, usergroups.*, conversations.*, auth.test. */
import {
  APP,
  type Channel,
  findChannel,
  findPerson,
  isDirectMessage,
  isMember,
  type Person,
  TEAM,
} from '../people.ts';
import type { Workspace } from '../workspace.ts';
import { isSet } from './arguments.ts';
import { ApiRefusal, type Arguments, type Method, need } from './refusal.ts';

/** Whose token this is. */
export const authTest: Method = (workspace) => ({
  url: `${workspace.url}/`,
  team: TEAM.name,
  team_id: TEAM.id,
  user: APP.name,
  user_id: APP.userId,
  bot_id: APP.botId,
  is_enterprise_install: false,
});

/** Who someone is: guest, stranger, and with `include_locale` their language. */
export const usersInfo: Method = (workspace, args) => {
  const person = findPerson(workspace.directory, need(args, 'user', 'user_not_found'));
  if (!person) throw new ApiRefusal('user_not_found');
  return { user: userPayload(person, isSet(args.include_locale)) };
};

function userPayload(person: Person, withLocale: boolean) {
  return {
    id: person.id,
    team_id: person.foreignTeam ?? TEAM.id,
    name: person.name,
    real_name: person.realName,
    deleted: person.deactivated === true,
    tz: person.timeZone ?? 'Europe/Berlin',
    is_bot: false,
    is_restricted: person.guest !== undefined,
    is_ultra_restricted: person.guest === 'single-channel',
    is_stranger: person.foreignTeam !== undefined,
    profile: { real_name: person.realName, display_name: person.name, title: person.title ?? '' },
    ...(withLocale ? { locale: person.locale ?? 'en-US' } : {}),
  };
}

/** The groups there are; with `include_users` also who is in them. */
export const userGroupsList: Method = (workspace, args) => ({
  usergroups: workspace.directory.userGroups.map((group) => ({
    id: group.id,
    team_id: TEAM.id,
    is_usergroup: true,
    name: group.name,
    handle: group.handle,
    user_count: group.users.length,
    ...(isSet(args.include_users) ? { users: group.users } : {}),
  })),
});

/** Who is in a group. */
export const userGroupsUsersList: Method = (workspace, args) => {
  const id = need(args, 'usergroup');
  const group = workspace.directory.userGroups.find((each) => each.id === id);
  if (!group) throw new ApiRefusal('no_such_subteam');
  return { users: group.users };
};

/** Opens a direct message with one person. */
export const conversationsOpen: Method = (workspace, args) => {
  const user = need(args, 'users', 'users_list_not_supplied');
  if (user.includes(',')) throw new ApiRefusal('missing_scope', { needed: 'mpim:write' });
  if (!findPerson(workspace.directory, user)) throw new ApiRefusal('user_not_found');
  return { channel: { id: `D${user}` } };
};

/** What kind of channel this is. */
export const conversationsInfo: Method = (workspace, args) => {
  const channel = knownChannel(workspace, args);
  const isIm = isDirectMessage(channel.id);
  return {
    channel: {
      id: channel.id,
      ...(isIm ? { user: channel.id.slice(1) } : { name: channel.name }),
      is_channel: !isIm,
      is_im: isIm,
      is_private: channel.isPrivate === true,
      is_archived: channel.isArchived === true,
      is_member: channel.appIsIn !== false,
      is_shared: channel.isExternallyShared === true,
      is_ext_shared: channel.isExternallyShared === true,
      is_org_shared: false,
      context_team_id: TEAM.id,
    },
  };
};

/** Who is in a channel, all on one page. */
export const conversationsMembers: Method = (workspace, args) => {
  const channel = knownChannel(workspace, args);
  const people = workspace.directory.people.filter((person) => isMember(channel, person.id));
  const bot = channel.appIsIn === false ? [] : [APP.userId];
  return { members: [...people.map((person) => person.id), ...bot], response_metadata: { next_cursor: '' } };
};

function knownChannel(workspace: Workspace, args: Arguments): Channel {
  const channel = findChannel(workspace.directory, need(args, 'channel', 'channel_not_found'));
  if (!channel || (channel.isPrivate && channel.appIsIn === false)) throw new ApiRefusal('channel_not_found');
  return channel;
}
