import { count, listing, registryName } from './counting.ts';

/** Before anything changes: the checks and the question. mrkdwn unless it says plain text. */
export const approval = {
  /** Plain text. */
  title: (registry: string) => `New login for ${registryName(registry)}`,
  whys: {
    planned: 'planned',
    expired: 'the old one is expired',
    leaked: 'the old one is leaked',
    other: 'other reason',
  },
  asked: (who: string, why: string, note: string) => `asked by ${who} · ${why}${note && `, ${note}`}`,

  storing: 'Storing the new login. Nothing has changed.',
  checking: (images: number) =>
    images > 0
      ? `Trying the new login on ${count(images, 'image')}. Nothing has changed.`
      : 'Looking at what uses this login and trying the new one. Nothing has changed.',

  waitingFor: (approvers: string, until: string) => `*Waiting for approval* from ${approvers} until ${until}`,
  oneMore: (have: number, needed: number, who: string) => `${have} of ${needed} approved: ${who}`,
  cannotStart: '*Cannot start yet*',
  what: 'What',
  order: 'Order',
  checks: (at: string) => `Checks ${at}`,
  next: 'Next',
  gets: (secrets: number) =>
    secrets === 1 ? '1 secret gets the new login.' : `${secrets} secrets get the new login.`,
  proves: (secrets: number) =>
    `${secrets === 1 ? '1 secret holds' : `${secrets} secrets hold`} the login already; it is only proved.`,
  /** `sameBuilds`: the registry told that no tag has moved. */
  restarts: (restarting: number, services: number, sameBuilds: boolean) =>
    restarting === 0
      ? 'No service restarts.'
      : `${restarting} of ${count(services, 'service')} ${restarting === 1 ? 'restarts' : 'restart'} with the same ${sameBuilds ? 'builds and settings' : 'settings; whether with the same builds is not known'}.`,
  alone: (name: string) => `${name} alone`,
  groups: (n: number) => count(n, 'group'),
  sequence: (parts: readonly string[], minutes: number) =>
    `${parts.join(', then ')}. About ${minutes} minutes.`,
  beforeApproval: (id: string) => `Nothing is in use before approval. · ${id}`,
  nothingChanged: (id: string) => `Nothing has changed. No need to type the token again. · ${id}`,

  weights: { stop: 'Stop', decide: 'Decide', note: 'Note', ok: 'OK' },
  moreFindings: (more: number) => `and ${more} more`,
  leakedUndo: 'Will not be undone: the old login is leaked',
  unknownUndo:
    'Not known whether it can be undone: the login in use could not be tried, or is not accepted everywhere',
  /** After an unexpected error, where nothing has changed yet. */
  lookUp: 'Press Check Again. If it stays, look the reference up in the log.',

  /** Notification, plain. */
  question: (registry: string, restarting: number) =>
    `Approve a new ${registryName(registry)} login? ${restarting === 1 ? '1 service restarts' : `${restarting} services restart`}.`,
  passed: 'Checks passed.',
  toDecide: (n: number) => `${n} to decide.`,
  canBeUndone: 'Can be undone.',
  cannotBeUndone: 'Cannot be undone.',
  stopped: (registry: string) =>
    `The new ${registryName(registry)} login cannot start yet. Nothing has changed.`,

  /** Plain text, for buttons and dialogs. */
  buttons: {
    approve: 'Approve',
    deny: 'Deny',
    'show-services': 'Show Services',
    'check-again': 'Check Again',
    'enter-another': 'Enter Another Login',
    cancel: 'Cancel Request',
    'start-emergency': 'Start Without Approval',
    review: 'Mark as Reviewed',
  },
  startNow: 'Start now?',
  consequence: (restarting: number, stageFirst: string) =>
    `Restarts ${count(restarting, 'service')}${stageFirst && `, ${stageFirst} first`}. Stops at the first failure`,
  consequenceUndo: ' and goes back to the old login.',
  consequenceNoUndo: '. It cannot go back to the old login.',
  start: 'Start',
  keep: 'Cancel',
  withdraw: 'Cancel this request?',
  withdrawText: 'The new login is not put in use. To use it later, ask again.',
  withdrawYes: 'Cancel Request',
  withdrawNo: 'Keep It',

  denyTitle: 'Deny this request',
  denyNote: 'Why',
  denyHint: 'Everyone in the channel reads it.',
  deny: 'Deny',

  emergency: (minutes: number) =>
    `Nobody has approved for ${count(minutes, 'minute')}. The old login is refused, so this cannot make it worse.`,
  emergencyTitle: 'Start without approval',
  emergencyText: (services: number) =>
    `Start without approval? ${services === 1 ? '1 service restarts' : `${services} services restart`}. Everyone will see it, and an approver must review it.`,
  emergencyReason: 'Say why',

  servicesTitle: 'Services',
  group: (n: number) => `Group ${n}`,
  firstService: 'First service',
  leftOut: 'Left out',
  uses: (images: readonly string[]) => listing(images, 3),
  noServices: 'No service is known yet. The checks find them.',
  moreServices: (more: number) => `and ${more} more`,
};
