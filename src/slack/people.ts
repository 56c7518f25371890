import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Person } from '../rotation/rules/policy.ts';
import { rememberFor } from './remember.ts';
import type { Members, SlackSettings } from './settings.ts';
import type { DirectoryClient } from './slack-client.ts';

/** Who someone is and where something was asked, as Slack tells it. Undefined where it does not: then nobody may. */
export interface People {
  person(userId: string, teamId: string | undefined): Promise<Person | undefined>;
  /** `shared`: with another company. `unseen`: the app may not look into it or post there. */
  channel(channelId: string): Promise<'own' | 'shared' | 'unseen' | undefined>;
}

// The directory methods allow about 20 calls a minute, so answers are kept a minute; a right taken away ends then.
const freshMs = 60_000;

const userAnswer = z.object({
  user: z.object({
    team_id: z.string().optional(),
    is_restricted: z.boolean().optional(),
    is_ultra_restricted: z.boolean().optional(),
    is_stranger: z.boolean().optional(),
    is_bot: z.boolean().optional(),
    deleted: z.boolean().optional(),
  }),
});
const membersAnswer = z.object({ users: z.array(z.string()) });
const channelAnswer = z.object({
  channel: z.object({
    is_ext_shared: z.boolean().optional(),
    is_pending_ext_shared: z.boolean().optional(),
    is_im: z.boolean().optional(),
  }),
});

export function createPeople(
  client: DirectoryClient,
  settings: SlackSettings,
  tools: { readonly clock: Clock; readonly log: Log },
): People {
  const remember = rememberFor(tools.clock, freshMs);
  const userOf = remember(async (user) => userAnswer.parse(await client.users.info({ user })).user);
  const membersOf = remember(async (usergroup) => {
    return membersAnswer.parse(await client.usergroups.users.list({ usergroup })).users;
  });
  const channelOf = remember((channel) => lookAt(client, channel));

  async function belongs(userId: string, members: Members | undefined): Promise<boolean> {
    if (!members) return false;
    if (members.users.includes(userId)) return true;
    return members.userGroupId ? (await membersOf(members.userGroupId)).includes(userId) : false;
  }

  return {
    async person(userId, teamId) {
      try {
        const [user, isApprover, isRequester, mayStartInEmergency] = await Promise.all([
          userOf(userId),
          belongs(userId, settings.approvers),
          belongs(userId, settings.requesters),
          belongs(userId, settings.emergency),
        ]);
        const isForeign = teamId !== settings.teamId || user.team_id !== settings.teamId;
        const isGuest = user.is_restricted || user.is_ultra_restricted || user.is_stranger;
        const isOutsider = Boolean(isForeign || isGuest || user.is_bot || user.deleted);
        return { id: userId, teamId: teamId ?? '', isOutsider, isApprover, isRequester, mayStartInEmergency };
      } catch (error) {
        tools.log.warn('Slack did not tell who someone is', { error });
        return undefined;
      }
    },
    async channel(channelId) {
      try {
        return await channelOf(channelId);
      } catch (error) {
        tools.log.warn('Slack did not tell what channel this is', { error });
        return undefined;
      }
    },
  };
}

const refusal = z.object({ data: z.object({ error: z.string() }) });

async function lookAt(client: DirectoryClient, channel: string): Promise<'own' | 'shared' | 'unseen'> {
  try {
    const { channel: seen } = channelAnswer.parse(await client.conversations.info({ channel }));
    if (seen.is_im) return 'unseen';
    return seen.is_ext_shared || seen.is_pending_ext_shared ? 'shared' : 'own';
  } catch (error) {
    // A private channel or direct message that the app is not in.
    const word = refusal.safeParse(error).data?.data.error;
    if (word === 'channel_not_found' || word === 'missing_scope') return 'unseen';
    throw error;
  }
}
