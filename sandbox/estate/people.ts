import type { Directory } from '../slack/people.ts';

/** Who is who in the sandbox's Slack. */
export const people = {
  aya: 'U0AYA',
  ben: 'U0BEN',
  chika: 'U0CHIKA',
  omar: 'U0OMAR',
  gus: 'U0GUS',
} as const;

export const channels = { deploys: 'C0DEPLOYS', ops: 'C0OPS' } as const;
export const approversGroup = 'S0APPROVERS';
export const onCallGroup = 'S0ONCALL';

/** Aya asks, Ben and Chika approve, Omar may only look, Gus is a guest. */
export const directory: Directory = {
  people: [
    { id: people.aya, name: 'aya', realName: 'Aya Tanaka', title: 'requester, on call' },
    { id: people.ben, name: 'ben', realName: 'Ben Okafor', title: 'approver' },
    { id: people.chika, name: 'chika', realName: 'Chika Mori', title: 'approver', locale: 'ja-JP' },
    { id: people.omar, name: 'omar', realName: 'Omar Haddad', title: 'colleague without rights' },
    { id: people.gus, name: 'gus', realName: 'Gus Weber', title: 'guest', guest: 'single-channel' },
  ],
  channels: [
    { id: channels.deploys, name: 'deploys', purpose: 'Deployments and registry logins' },
    { id: channels.ops, name: 'ops', purpose: 'On call' },
  ],
  userGroups: [
    {
      id: approversGroup,
      handle: 'platform-approvers',
      name: 'Platform approvers',
      users: [people.ben, people.chika],
    },
    { id: onCallGroup, handle: 'on-call', name: 'On call', users: [people.aya] },
  ],
};
