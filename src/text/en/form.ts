import { count, registryName } from './counting.ts';

/** The two forms. Plain text throughout, except where it says mrkdwn. */
export const form = {
  title: 'New registry login',
  titleOf: (registry: string) => `New login · ${registryName(registry)}`,
  next: 'Next',
  ask: 'Check and Ask',
  /** Slack cuts a submit button at 24 characters. */
  askForApproval: 'Check and Ask Approval',
  cancel: 'Cancel',
  close: 'Close',

  login: 'Login',
  usedBy: (registry: string, services: number) =>
    `${registryName(registry)} · used by ${count(services, 'service')}`,
  usedByAs: (registry: string, userName: string, services: number) =>
    `${registryName(registry)} · ${userName} · ${count(services, 'service')}`,
  moreLogins: (more: number) =>
    `${count(more, 'more login')} not in this list. Type part of a name under Find to see fewer.`,
  find: 'Find a login',
  findHint: 'Part of a registry, user name or secret, then Enter.',
  nothingFound: (filter: string) => `No login has “${filter}” in its registry, user name or secrets.`,

  where: 'Where',
  whereHint: 'Ticked: the secrets that hold the same login today. The others are of the same registry.',
  tooManySecrets: (more: number) =>
    `${count(more, 'more secret')} of this registry not in this list. Rotate these first, then ask again for the rest.`,
  secret: (name: string, services: number) => `${name} · ${count(services, 'service')}`,
  secretAs: (userName: string) => `holds another login: ${userName}`,
  secretOther: 'holds another login',

  why: 'Why',
  whys: { planned: 'Planned', expired: 'Expired', leaked: 'Leaked', other: 'Other' },
  redeploy: 'Redeploy',
  redeploys: { all: 'All', failing: 'Only what fails now', none: 'None' },
  halveLabel: 'Services that cannot restart otherwise',
  halve: 'Let them run at half of their tasks while they restart',
  halveHint: 'Minimum healthy percent 50; their own setting is given back.',
  enterIt: 'Enter it',
  entries: { here: 'Here', stored: 'Already stored', 'in-use': 'Already in use, only prove it' },
  note: 'Note',
  noteHint: 'Such as when the old token ends. Everyone in the channel reads it.',

  userName: 'User name',
  token: 'New token',
  /** mrkdwn */
  seen: 'Slack sees what you type.',
  /** mrkdwn */
  rather: 'Rather not? Store it in Secrets Manager and choose “Already stored”.',
  /** mrkdwn, by registry host. */
  needs: (registry: string): string | undefined => tokenNeeds[registry],
  /** mrkdwn; `who` is a mention. */
  replaces: (who: string) => `Asked by ${who} and still waiting. Sending this replaces it.`,

  looking: 'Looking for registry logins. This takes a moment, and the form appears here by itself.',
  none: 'No logins found yet. A login is a secret that a task definition names for its images.',
  lookFailed: 'The look for logins did not succeed. Close this and try again.',
  asOf: (when: string) => `Logins as of ${when}.`,
};

/** What the token of a well-known registry must be able to do. */
const tokenNeeds: Readonly<Record<string, string>> = {
  'ghcr.io': 'Needs: classic token, `read:packages`, SSO authorised.',
  'docker.io': 'Needs: a personal or organisation access token that may read.',
  'registry.gitlab.com': 'Needs: a deploy token with `read_registry`.',
  'quay.io': 'Needs: a robot account that may read the repositories.',
};
