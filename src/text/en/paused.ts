import type { Mishap } from '../../rotation/rules/instance.ts';
import type { PauseCause, PausedChoice } from '../../rotation/rules/rotation.ts';
import { count, registryName } from './counting.ts';
import { fleet } from './fleet.ts';

/** Facts of a pause, ready for mrkdwn. */
interface PauseFacts {
  readonly registry: string;
  /** Empty where no one service is concerned. */
  readonly service: string;
  /** Empty where no one host is concerned. */
  readonly host: string;
  readonly hostIs?: Mishap;
  /** Exit code or other detail; may be empty. */
  readonly detail: string;
  readonly reference: string;
  /** Why the pull failed; empty where none did. */
  readonly pull: string;
  /** Mention of who did it; empty where nobody did. */
  readonly who: string;
}

const causes: Readonly<Record<PauseCause, (f: PauseFacts) => string>> = {
  login: (f) => `${f.service || 'A service'} could not pull with the new login.`,
  'not-the-login': (f) =>
    f.pull
      ? `${f.service || 'A service'} could not pull, but not for the login. ${f.pull}`
      : `The login is fine: ${f.service || 'a service'} pulled, then stopped by itself${f.detail && ` (${f.detail})`}.`,
  limit: (f) => `${f.service || 'A service'} did not become steady in time.`,
  'rolled-back-by-ecs': (f) =>
    `ECS rolled the deployment of ${f.service || 'a service'} back, and none of its tasks says why.`,
  stopped: (f) => `${f.who || 'Someone'} pressed Stop.`,
  'changed-by-someone': (f) =>
    `Someone changed ${f.detail || 'the secret'} in the meantime. Nothing was overwritten.`,
  unexpected: (f) => `Something unexpected went wrong (reference ${f.reference}).`,
  'execution-lost': () =>
    'What drove this rotation was ended from outside, after the new login had come in use.',
  instance: (f) => fleet[f.hostIs ?? 'failed'](f.host || 'A host', f.detail),
};

const nextSteps: Readonly<Record<PauseCause, (f: PauseFacts) => string>> = {
  login: () => 'Enter another login, or mend the right of this one and press Try Again.',
  'not-the-login': () => 'Ask its owner, then press Try Again, or Leave It Out and go on.',
  limit: (f) =>
    `Look at the events of ${f.service || 'the service'} in ECS, then press Try Again or Leave It Out.`,
  'rolled-back-by-ecs': (f) =>
    `Look at the events of ${f.service || 'the service'} in ECS, then press Try Again or Leave It Out.`,
  stopped: () => 'Press Try Again to go on from here.',
  'changed-by-someone': () => 'Find out who changed it, then decide.',
  unexpected: () => 'Press Try Again. If it stays, look the reference up in the log.',
  'execution-lost': () => 'Press Try Again to go on from here, or go back.',
  instance: (f) => fleet.instanceNext(f.host || 'the host'),
};

/** The paused screen. mrkdwn. */
export const paused = {
  cause: (cause: PauseCause, facts: PauseFacts): string => causes[cause](facts),
  next: (cause: PauseCause, facts: PauseFacts): string => nextSteps[cause](facts),
  canGoBack: 'Going back works: the old login was accepted a moment ago. Do not revoke it yet.',
  cannotGoBack: (registry: string) =>
    `${registryName(registry)} did not accept the old login just now, so there is nothing to go back to.`,
  leaked: 'The old login is leaked, so there is no going back to it.',
  untilMended: 'Until this is mended new tasks may not start: do not deploy or scale in.',
  nothingBefore: 'The login was in use before, so there is nothing to go back to.',
  standsStill: 'It stands still until someone decides. It never goes on or back by itself.',
  reminder: (registry: string, hours: string) =>
    `The new ${registryName(registry)} login has waited for a decision for ${hours}.`,
  duration: (ms: number): string => {
    const minutes = Math.max(1, Math.round(ms / 60_000));
    return minutes < 90 ? count(minutes, 'minute') : count(Math.round(minutes / 60), 'hour');
  },
  exitCode: (code: string) => `exit code ${code}`,

  /** Plain text. */
  choices: {
    'try-again': 'Try Again',
    'go-back': 'Go Back',
    leave: 'Leave As It Is',
    'leave-out': 'Leave It Out',
  } satisfies Record<PausedChoice, string>,
  enterAnother: 'Enter Another Login',
  goBackTitle: 'Go back to the old login?',
  goBackText: 'The old login is put in use again. Only services that are not steady restart.',
  goBackYes: 'Go Back',
  leaveTitle: 'Leave it as it is?',
  leaveText:
    'The new login stays in use and the rotation ends. Services not proven are listed. Do not revoke the old login.',
  leaveYes: 'Leave As It Is',
  no: 'Cancel',
};
