import type { LeftOutBecause, UnprovenBecause } from '../../rotation/rules/consumer.ts';
import { count, listing, registryName } from './counting.ts';

const leftOut: Readonly<Record<LeftOutBecause, string>> = {
  'code-deploy': 'is deployed by CodeDeploy; its next deployment will prove it',
  external: 'is deployed by another tool; its next deployment will prove it',
  'blue-green': 'is deployed blue/green; its next deployment will prove it',
  'desired-zero': 'runs no tasks now; its next start will prove it',
  'moved-tag': 'would start a newer build; it switches at its next deployment',
  unreadable: 'has an image that neither login may read, so its new tasks could not start',
  'next-start': 'starts by schedule or by hand; its next start will prove it',
  'not-failing': 'runs well and is not restarted',
  'not-asked': 'is not restarted, as asked',
  'by-hand': 'was left out by a decision here',
};

const unproven: Readonly<Record<UnprovenBecause, string>> = {
  'pinned-may-be-cached': 'its host may have kept the image, so the registry was perhaps not asked',
  'registry-not-asked': 'nothing shows that the registry was asked',
  'no-tasks': 'no new task was seen',
  'never-placed': 'its new tasks found no place to run',
  'next-start': 'its next start will prove it',
  freshness: 'a pull had trouble that is not the login, so it may run an old copy',
};

/** One message through all states; the standing line under each. mrkdwn. */
export const states = {
  nothingDown: 'Nothing is down.',
  runs: (services: readonly { name: string; running: number; desired: number }[]) =>
    `${listing(
      services.map((s) => `${s.name} runs ${s.running} of ${s.desired}`),
      3,
    )}.`,

  starting: (who: string) => `*Starting* · approved by ${who}`,
  startingUnasked: '*Starting*',
  unapproved: (who: string, reason: string) => `Started without approval by ${who}: ${reason}`,
  mustReview: 'An approver must review it.',
  changing: '*Putting the new login in use.* No service has restarted yet.',
  settling:
    '*The new login is in use.* Waiting half a minute until every host sees it. No service has restarted yet.',
  firstService: (names: readonly string[]) =>
    `*First service.* ${listing(names)} ${names.length === 1 ? 'restarts' : 'restart'} with the new login. Nothing else has changed.`,
  rollingOut: (f: {
    pulled: number;
    services: number;
    failed: number;
    group: number;
    groups: number;
    running: number;
    desired: number;
    minutes: number;
  }) =>
    `*Rolling out* ${f.pulled} of ${f.services} pulled with the new login · ${f.failed} failed · group ${f.group} of ${f.groups} · ${f.running} of ${f.desired} tasks running · ${f.minutes} min`,
  stopping: (who: string) => `${who} pressed Stop. The call under way ends first.`,
  paused: '*Paused. Needs a decision.*',
  chosen: (who: string, choice: string) => `${who} chose “${choice}”.`,
  goingBack: (restarting: number) =>
    `*Going back.* The old login is in use again. ${
      restarting === 0
        ? 'No service needs to restart.'
        : `${count(restarting, 'service')} ${restarting === 1 ? 'restarts' : 'restart'}.`
    }`,
  goingBackMoving: '*Going back.* Putting the old login back in use.',
  stopped: (who: string) => `Stopped by ${who}.`,

  done: (services: number) =>
    `*Done.* ${services === 1 ? 'The service' : `All ${services} services`} pulled with the new login. You can revoke the old one.`,
  doneProved: (services: number) =>
    `*Done.* ${services === 1 ? 'The service' : `All ${services} services`} pulled with the login in use.`,
  doneNoServices: '*Done.* The new login is in use. You can revoke the old one.',
  doneNothingToProve: '*Done.* Nothing that uses this login was found, so there was nothing to prove.',
  finished: (pulled: number, left: readonly string[]) =>
    `*Finished, ${left.length} not proven yet.* ${pulled} pulled. Left: ${listing(left, 10)}. Do not revoke the old login yet.`,
  finishedEarly: (pulled: number) =>
    `*Finished, not proven yet.* ${pulled} pulled. Do not revoke the old login yet.`,
  leftAsItIs: (who: string) => `${who} left it as it is.`,
  wentBack: '*Went back.* The old login is in use.',
  reasonInThread: 'Reason in the thread.',
  denied: (who: string, note: string) => `*Denied* by ${who}${note && `: ${note}`}`,
  expired: '*Expired*, nobody approved.',
  cancelled: (who: string) => `*Cancelled* by ${who}.`,
  replaced: (who: string) => `*Replaced* by a newer request of ${who}.`,
  changedBySomeone: (secret: string) =>
    `*Stopped.* Someone changed ${secret || 'the secret'} in the meantime. Theirs stays in use: nothing was overwritten, and no service restarted.`,
  askedTooOften: '*Stopped.* The services changed again and again while this waited. Ask again.',
  lost: '*Lost.* What drove this request was ended from outside. Ask again.',
  neverStored: '*Not stored.* The new login could not be stored.',
  nothingChanged: 'Nothing was changed.',

  lines: {
    denied: (name: string) => `*Failed* ${name} could not pull with the new login`,
    failed: (name: string) => `*Failed* ${name} could not pull`,
    crashed: (name: string, exit: string) =>
      `*Stopped* ${name} pulled, then stopped by itself${exit && ` (exit code ${exit})`}`,
    ranOldCopy: (name: string, host: string) =>
      `*Old copy* ${name} ran an old copy of the image${host && ` on ${host}`}; it was restarted with the old login`,
    oldCopy: (name: string, host: string) =>
      `*Old copy* ${name} runs an old copy of the image${host && ` on ${host}`}`,
    colleague: (name: string) =>
      `*Waiting* ${name}: someone's deployment is running. It goes on when that ends.`,
    restarting: (name: string, running: number, desired: number) =>
      `*Restarting* ${name} · ${running} of ${count(desired, 'task')} running`,
    pulled: (name: string, proved: number, tasks: number) =>
      `*Pulled* ${name}${tasks > 0 ? ` · proved by ${proved} of ${count(tasks, 'task')}` : ''}`,
    notProven: (name: string, because: string) => `*Not proven yet* ${name}: ${because}`,
    leftOut: (name: string, because: string) => `*Left out* ${name} ${because}`,
    later: (names: readonly string[]) => `*Later* ${listing(names, 15)}`,
    notRestarted: (names: readonly string[]) => `*Not restarted* ${listing(names, 15)}`,
    more: (n: number) => `and ${n} more`,
  },
  leftOut: (because: LeftOutBecause): string => leftOut[because],
  unproven: (because: UnprovenBecause): string => unproven[because],

  /** Notifications, by phase; plain. */
  notices: {
    starting: (registry: string) => `The new ${registryName(registry)} login is being put in use.`,
    rolling: (registry: string, pulled: number, services: number) =>
      `New ${registryName(registry)} login: ${pulled} of ${count(services, 'service')} pulled.`,
    paused: (registry: string) => `The new ${registryName(registry)} login is paused and needs a decision.`,
    goingBack: (registry: string) => `Going back to the old ${registryName(registry)} login.`,
    about: (registry: string, sentence: string) => `New ${registryName(registry)} login: ${sentence}`,
  },
  stop: 'Stop',
  stopTitle: 'Stop here?',
  stopText:
    'The restart under way ends, and nothing more restarts. Then you decide: go on, go back or leave it.',
  stopYes: 'Stop',
  stopNo: 'Keep Going',
};
