import type { CheckName } from '../../rotation/rules/checks.ts';
import { count, registryName } from './counting.ts';
import { fleet } from './fleet.ts';

/** Facts of a finding, ready for mrkdwn. */
type Facts = Readonly<Record<string, string>>;
type Sentence = (facts: Facts) => string;

const findings: Readonly<Record<CheckName, Sentence>> = {
  'image-worse': (f) => `The new login may not read ${f.repository} (${f.service}). The login in use may.`,
  'image-no-worse': (f) =>
    `${f.repository} cannot be read by either login; this does not make it worse${f.service ? `, and ${f.service} is left out` : ''}`,
  'image-undecided': (f) => `Not known whether the new login may read ${f.repository}${more(f)}: ${why(f)}`,
  'image-perhaps-worse': (f) =>
    `The new login may not read ${f.repository} (${f.service}); not known whether the login in use may: ${why(f)}`,
  'image-unreachable': (f) => `${host(f)} cannot be reached from here, so its images were not tried`,
  'login-refused': (f) => `${host(f)} refuses the new login`,
  'login-undecided': (f) => `Not known whether ${host(f)} takes the new login: ${why(f)}`,
  'role-cannot-read': (f) => `The execution role ${f.role} (${f.service}) may not read the secret`,
  'role-undecided': (f) =>
    `Not known whether the execution role ${f.role} (${f.service}) may read the secret`,
  'owned-by-service': (f) => `${f.name} belongs to ${f.owner}, which changes it by itself`,
  replica: (f) => `${f.name} is a copy from another region; change it where it comes from`,
  'pending-deletion': (f) => `${f.name} is about to be deleted`,
  'changed-by-someone': (f) => `${f.name} was changed by someone since the new login was stored`,
  'rotation-on': (f) => `${f.name} has rotation by AWS switched on, which may overwrite the new login`,
  'deployment-in-progress': (f) => `${f.service} is being deployed by someone; that is waited for and counts`,
  'no-way-back': (f) => `Cannot be undone: ${host(f)} refuses the login in use already`,
  'cannot-roll': (f) => `${f.service} cannot restart as it is set up: ${stuck[f.why ?? ''] ?? f.why}`,
  'stops-first': (f) =>
    `${f.service} stops on a host before it starts there again, so it is down there for a moment`,
  'runs-at-half': (f) =>
    `${f.service} cannot restart otherwise, so it runs at half while it does (minimum healthy percent 50); then its own setting is given back`,
  'moved-tag': (f) =>
    `${f.service} would start a newer build of ${f.image}, so it is left out and switches at its next deployment`,
  'cannot-force': (f) => `${f.service} ${forceReasons[f.because ?? ''] ?? f.because}`,
  'next-start': (f) => `${f.name} starts by schedule or by hand; its next start will prove it`,
  'instances-none-ready': fleet.noneReady,
  'instances-not-ready': fleet.notReady,
  'instances-ready': fleet.allReady,
  'hosts-no-way-back': fleet.noWayBack,
  'agent-config-broken': fleet.broken,
  'agent-docker-type': fleet.dockerType,
  'images-readable': (f) => {
    if (f.of !== undefined && f.of !== f.count) return `The new login may pull ${f.count} of ${f.of} images`;
    return f.count === '1'
      ? 'The new login may pull the image'
      : `The new login may pull all ${f.count} images`;
  },
  'images-public': (f) =>
    f.count === '1'
      ? '1 image is public and needs no login'
      : `${f.count} images are public and need no login`,
  'can-go-back': () => 'Can be undone: the login in use still works',
  'roles-can-read': () => 'All services may read the secrets',
};

/** Why a service cannot be restarted with the others, by the plan's word for it. */
const forceReasons: Readonly<Record<string, string>> = {
  'code-deploy': 'is deployed by CodeDeploy; its next deployment will prove it',
  external: 'is deployed by another tool; its next deployment will prove it',
  'blue-green': 'is deployed blue/green; its next deployment will prove it',
  'desired-zero': 'runs no tasks now; its next start will prove it',
};

/** Why something could not be told, by the word of the attempt. Other words are shown as they are. */
const undecided: Readonly<Record<string, string>> = {
  'rate-limited': 'the registry allows no more attempts for now',
  'locked-out': 'the registry has locked the login for a while',
  'server-error': 'the registry has a fault of its own',
  timeout: 'the registry did not answer in time',
  unexpected: 'the answer of the registry does not tell',
};

/** Why a service cannot restart, by the word of the check. */
const stuck: Readonly<Record<string, string>> = {
  limits: 'it may neither stop a task nor start one more',
  capacity: 'there is no room for one more task',
};

/** What to do about a finding that stops. */
const nextSteps: Readonly<Partial<Record<CheckName, Sentence>>> = {
  'login-refused': () => 'Check that the token is whole and not expired, then press Enter Another Login.',
  'image-worse': (f) =>
    `Give ${f.userName || 'the login'} read access, or authorise the token for single sign-on, then press Check Again.`,
  'role-cannot-read': (f) =>
    `Allow the role ${f.role} secretsmanager:GetSecretValue (and kms:Decrypt), then press Check Again.`,
  'owned-by-service': (f) =>
    `Change the login with ${f.owner}, or name another secret in the task definition.`,
  replica: () => 'Ask again for the secret in its own region.',
  'pending-deletion': (f) => `Restore ${f.name}, then press Check Again.`,
  'instances-none-ready': fleet.noneReadyNext,
  'changed-by-someone': () => 'Find out who changed it. Then press Enter Another Login, or Cancel Request.',
};

export const checks = {
  /** One line; no full stop. */
  finding: (check: CheckName, facts: Facts): string => findings[check](facts),
  /** Undefined where nothing is to be done. */
  next: (check: CheckName, facts: Facts): string | undefined => nextSteps[check]?.(facts),
};

function host(facts: Facts): string {
  return registryName(facts.registry ?? 'the registry');
}

function more(facts: Facts): string {
  return facts.more === undefined ? '' : ` and ${count(Number(facts.more), 'more image')}`;
}

function why(facts: Facts): string {
  return undecided[facts.because ?? ''] ?? facts.because ?? '';
}
