/** Who and what there is in the imitated workspace. */

export interface Person {
  /** Such as `U_AYA`. */
  readonly id: string;
  /** The short name, as in `@aya`. */
  readonly name: string;
  readonly realName: string;
  /** What the page says about this person, such as "approver". */
  readonly title?: string;
  /** Such as `ja-JP`; `en-US` where none is given. */
  readonly locale?: string;
  readonly timeZone?: string;
  /** A guest of several channels, or of one. */
  readonly guest?: 'multi-channel' | 'single-channel';
  /** The home workspace of someone who is here through a shared channel. */
  readonly foreignTeam?: string;
  readonly deactivated?: boolean;
}

export interface Channel {
  readonly id: string;
  /** Without the `#`. */
  readonly name: string;
  readonly purpose?: string;
  /** Ids of the people in it; everyone where not given. */
  readonly members?: readonly string[];
  readonly isPrivate?: boolean;
  readonly isArchived?: boolean;
  /** Shared with another company. */
  readonly isExternallyShared?: boolean;
  /** Whether the app was invited; so by default. */
  readonly appIsIn?: boolean;
}

export interface UserGroup {
  readonly id: string;
  /** Without the `@`. */
  readonly handle: string;
  readonly name: string;
  /** Ids of its members. */
  readonly users: readonly string[];
}

export interface Directory {
  readonly people: readonly Person[];
  readonly channels: readonly Channel[];
  readonly userGroups: readonly UserGroup[];
}

export const TEAM = { id: 'T0SANDBOX', domain: 'sandbox', name: 'Sandbox' } as const;

/** The app under test, as installed in the workspace. */
export const APP = {
  id: 'A0ECSROTATE',
  userId: 'U0ECSROTATE',
  botId: 'B0ECSROTATE',
  name: 'ecs-rotate',
} as const;

/** A person by id. */
export function findPerson(directory: Directory, id: string): Person | undefined {
  return directory.people.find((person) => person.id === id);
}

/** A channel by id, by `#name` or by name; a direct message with the app by `D` and the person's id. */
export function findChannel(directory: Directory, reference: string): Channel | undefined {
  const name = reference.replace(/^#/, '');
  const listed = directory.channels.find((channel) => channel.id === reference || channel.name === name);
  if (listed) return listed;
  const person = findPerson(directory, reference.replace(/^D(?=U)/, ''));
  return person && directMessageWith(person.id);
}

function directMessageWith(userId: string): Channel {
  return { id: `D${userId}`, name: 'directmessage', members: [userId], isPrivate: true };
}

/** Whether a channel is a direct message with the app. */
export function isDirectMessage(channelId: string): boolean {
  return channelId.startsWith('D');
}

/** Whether a person is in a channel. */
export function isMember(channel: Channel, userId: string): boolean {
  return channel.members?.includes(userId) ?? true;
}
