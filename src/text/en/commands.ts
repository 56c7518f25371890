import { count, registryName } from './counting.ts';

/** Answers to the slash command, to the asker only. mrkdwn. */
export const commands = {
  help: (command: string) =>
    [
      `*${command}* replaces a registry login everywhere your ECS services use it, and proves that each can pull with the new one.`,
      `\`${command}\`  ask for a new login`,
      `\`${command} status\`  what is known, what is open. With a name, such as \`${command} status ghcr.io\`: that login`,
      `\`${command} explain <error text>\`  what an error of ECS means and what to do`,
      `\`${command} help\`  this`,
      'Nothing is in use before somebody else approves. A failed start goes back to the old login by itself where that works.',
    ].join('\n'),
  unknown: (word: string) => `“${word}” is not known.`,

  statusTitle: (when: string) => `*Logins* as of ${when}`,
  neverLooked: 'No look for logins has been made yet. Type the command alone to start one.',
  noLogins: 'No logins found. A login is a secret that a task definition names for its images.',
  login: (name: string, registry: string, services: number, others: number) =>
    `${name} · ${registryName(registry)} · ${count(services, 'service')}${others > 0 ? `, ${count(others, 'other task')}` : ''}`,
  open: (registry: string, id: string, phase: string, who: string) =>
    `*Open* ${registryName(registry)} · ${phase} · asked by ${who} · ${id}`,
  nothingOpen: 'Nothing is open.',
  last: (registry: string, outcome: string, when: string, who: string) =>
    `*Last* ${registryName(registry)} · ${outcome} ${when} · asked by ${who}`,
  neverRotated: (registry: string) => `*Last* ${registryName(registry)} was never changed from here.`,
  consumer: (name: string, secrets: string, kind: string) => `${name} · ${kind} · ${secrets}`,
  service: 'service',
  taskDefinition: 'starts by schedule or by hand',
  consumers: (n: number) => `*Used by ${n}*`,
  unknownLogin: (name: string) => `No login is called “${name}”.`,
  more: (n: number) => `and ${n} more`,
  phases: {
    staging: 'being stored',
    checking: 'being checked',
    'cannot-start': 'cannot start yet',
    waiting: 'waits for approval',
    approved: 'starting',
    changing: 'being put in use',
    fleet: 'changing hosts',
    rolling: 'rolling out',
    paused: 'paused, needs a decision',
    'going-back': 'going back',
    closed: 'ended',
  },
  outcomes: {
    done: 'done',
    finished: 'finished, not all proven',
    refused: 'nothing changed',
    'rolled-back': 'went back',
    cancelled: 'cancelled',
    expired: 'expired',
  },

  explainWhat: 'Paste the text after the command, as ECS shows it.',
  noPullFailure: 'This text does not tell of a failed pull, so the login is probably not the reason.',
  explained: (cause: string, next: string) => `*Why* ${cause}\n*Next* ${next}`,
  ofLogin: 'It concerns the login.',
  notOfLogin: 'It does not concern the login.',
};
