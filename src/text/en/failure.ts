import { count, registryName } from './counting.ts';

/** Replies in the thread: the failure and what comes after it. mrkdwn unless it says plain text. */
export const failure = {
  denied: (who: string, service: string) => `${who}  ${service} could not pull with the new login.`,
  failed: (who: string, service: string) =>
    `${who}  ${service} could not pull. The login may not be the reason.`,
  oldCopy: (who: string, service: string) => `${who}  ${service} runs, but on an old copy of its image.`,
  crashed: (who: string, service: string) =>
    `${who}  ${service} pulled, then stopped by itself. The login is fine.`,
  other: (who: string, sentence: string) => `${who}  ${sentence}`,

  what: 'What',
  why: 'Why',
  done: 'Done',
  next: 'Next',
  refusedAt: (service: string, at: string) => `${service}'s new task was refused at ${at}.`,
  tasksRun: (running: number, desired: number) =>
    `${running} of ${count(desired, 'task')} ${desired === 1 ? 'runs' : 'run'}.`,
  couldNotPull: (host: string) =>
    `A task${host && ` on ${host}`} could not pull and runs an old copy. It works now; it stops working when that host cleans up its images. Not counted as done.`,
  exited: (at: string, detail: string) => `The task stopped at ${at}${detail && ` (${detail})`}.`,
  notTouched: (services: number) =>
    services === 1 ? '1 service was not touched.' : `${services} services were not touched.`,
  /** What our own attempt said, after the cause, which it has decided where it was a refusal. */
  ownAttempts: {
    readable: (at: string) => `We tried it ourselves at ${at} and could read the image.`,
    'login-refused': (at: string) => `We tried it ourselves at ${at}.`,
    'not-permitted': (at: string) => `We tried it ourselves at ${at}.`,
    'not-found': (at: string) => `We tried it ourselves at ${at}: the registry does not find the image.`,
    undecided: (at: string) => `We tried it ourselves at ${at}, and the answer does not tell.`,
  },

  stoppedGoingBack: 'Stopped. Going back to the old login.',
  backInUse: (at: string) => `Stopped. The old login is back in use since ${at}.`,
  stillNew: 'Stopped. The new login stays in use.',
  noNeed: 'No need to enter it again.',

  /** Plain text: head of the table. */
  columns: ['Service', 'Task', 'ECS said', 'What to do'],
  moreRows: (more: number) => `and ${more} more; see the message above`,

  wentBack: (who: string, registry: string) =>
    `${who}  The old ${registryName(registry)} login is in use again.`,
  touched: (services: number) =>
    services === 0 ? 'No service had restarted.' : `${count(services, 'service')} had restarted.`,
  again: 'The new login is kept. When the reason is mended, press Try Again; it asks for approval once more.',

  ended: (who: string, sentence: string) => `${who}  ${sentence}`,
  askedAgain: (approvers: string, registry: string) =>
    `${approvers}  Please look again: more would restart for the new ${registryName(registry)} login than was approved.`,
  pleaseApprove: (approvers: string, registry: string, restarting: number) =>
    `${approvers}  Please approve a new ${registryName(registry)} login. ${restarting === 1 ? '1 service restarts' : `${restarting} services restart`}.`,
  reminder: (approvers: string, registry: string) =>
    `${approvers}  The new ${registryName(registry)} login still waits for approval.`,
  until: (at: string) => `It waits until ${at}.`,
  reminderStopped: (who: string, registry: string) =>
    `${who}  The new ${registryName(registry)} login still cannot start.`,
  emergency: (approvers: string, who: string, registry: string) =>
    `${approvers}  ${who} started the new ${registryName(registry)} login without approval.`,
  emergencyOffered: (group: string, registry: string) =>
    `${group}  Nobody has approved the new ${registryName(registry)} login, and the old one is refused. You may start it without approval.`,
  reason: 'Reason',
};
