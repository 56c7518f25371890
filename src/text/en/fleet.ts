import type { NotReady } from '../../rotation/rules/instance.ts';
import { agentProblemTexts } from './agent.ts';
import { count, listing, registryName } from './counting.ts';

/** Facts of a finding, ready for mrkdwn. */
type Facts = Readonly<Record<string, string>>;

/** Why a host was not reached or cannot be changed, before the list of such hosts. */
const reasons: Readonly<Record<NotReady, string>> = {
  unreachable: 'Not reached',
  'not-managed': 'Not managed by Systems Manager',
  disconnected: 'ECS agent not connected',
  draining: 'Being drained',
  bottlerocket: 'Bottlerocket, which keeps its login in its own settings',
  windows: 'Windows, which is not changed from here',
  'managed-by-aws': 'Managed by AWS, which nobody else may change',
  'role-missing': 'Role may not read the new login',
  'not-writable': 'File cannot be written',
  'tools-missing': 'No Python, or no way to restart the agent',
  'not-in-file': 'Login in a JSON file or user data, which is not rewritten',
  unknown: 'Not ready',
};

/** What to do about it. */
const remedies: Readonly<Record<NotReady, string>> = {
  unreachable: 'Start the SSM agent of the hosts, or replace them',
  'not-managed': 'Give the hosts the role policy AmazonSSMManagedInstanceCore, or replace them',
  disconnected: 'Start the ECS agent of the hosts, or replace them',
  draining: 'Wait until they are gone',
  bottlerocket: 'Set the login in the settings of Bottlerocket and replace the hosts',
  windows: 'Set the login where the hosts are set up, and replace them',
  'managed-by-aws': 'Name a secret in the task definitions instead (repositoryCredentials)',
  'role-missing': 'Allow the role of the hosts to read the secret',
  'not-writable': 'Make /etc/ecs/ecs.config writable for root, or replace the hosts',
  'tools-missing': 'Install Python on the hosts, or replace them',
  'not-in-file': 'Set the login where the hosts are set up, and replace them',
  unknown: 'Look at the hosts',
};

/** What a host said of itself, by its word. Other words are shown as they are. */
const whys: Readonly<Record<string, string>> = {
  'no-answer': 'it did not answer in time',
  'agent-not-back': 'its ECS agent did not come back',
  'agent-not-answering': 'its ECS agent does not answer',
  'another-run': 'another change of its file was under way',
  'disk-full': 'its disk is full',
  'kms-denied': 'its role may not decrypt the secret',
  'no-role': 'it has no role',
  'not-in-force': 'its ECS agent came back without it',
  'not-restored': 'its file of before could not be written again',
  'not-writable': 'its file cannot be written',
  'nothing-to-restore': 'its file held this login before',
  'parse-warning': 'its ECS agent could not read it',
  'read-only': 'its disk is read-only',
  'restart-refused': 'its ECS agent could not be restarted',
  'secret-deleted': 'the secret is being deleted',
  'secret-denied': 'its role may not read the secret',
  'secret-not-found': 'it does not find the secret',
};

/** What is found on a host besides what the agent passes over. */
const otherProblems: Readonly<Record<string, string>> = {
  'restart-pending': 'The file is newer than the agent, which reads it with this restart',
  'user-data-writes-login':
    'The user data writes a login when a host is replaced, which would undo this. Change the launch template as well',
};

/** Credentials of kind `agent`: the hosts (container instances) of a cluster. mrkdwn unless it says plain text. */
export const fleet = {
  /** `name` of the credential is what people call the hosts of a cluster, such as `prod hosts`. */
  allReady: (f: Facts) => (f.count === '1' ? 'The one host is ready' : `All ${f.count} hosts are ready`),
  notReady: (f: Facts) =>
    `${f.ready} of ${f.of} ${f.name} are ready. ${reasonOf(f)}: ${hostsOf(f)}. They keep the old login until they are back or replaced`,
  noneReady: (f: Facts) => `None of the ${f.of} ${f.name} is ready. ${reasonOf(f)}: ${hostsOf(f)}`,
  noneReadyNext: (f: Facts) => `${remedyOf(f)}${policyOf(f)}, then press Check Again.`,
  noWayBack: (f: Facts) =>
    `Cannot be undone: the old login of ${f.name} stands on the hosts only and is not known here`,
  broken: (f: Facts) => `On ${f.count} of ${f.name}: ${problemOf(f)}`,
  dockerType: (f: Facts) =>
    `The agent's file on ${f.count} of ${f.name} holds logins in clear (type docker); the change makes it dockercfg`,

  gets: (changed: number, clusters: number) =>
    `${count(changed, 'host')} of ${count(clusters, 'cluster')} ${changed === 1 ? 'gets' : 'get'} the new login, and ${changed === 1 ? 'its ECS agent restarts' : 'their ECS agents restart'}; tasks run on.`,
  leaves: (left: number) => (left === 0 ? '' : `${count(left, 'host')} ${left === 1 ? 'is' : 'are'} left.`),
  /** Plain text, for the dialog. */
  consequence: (changed: number, left: number) =>
    left === 0 ? `Change ${count(changed, 'host')}. ` : `Change ${count(changed, 'host')}, leave ${left}. `,

  changing: (done: number, all: number, group: number, groups: number) =>
    `*Changing hosts:* ${done} of ${all} done · group ${group} of ${groups}`,
  firstHost: (name: string) =>
    `*First host.* The ECS agent of ${name} restarts with the new login. Tasks run on.`,
  lookingAgain: '*Changing hosts:* looking whether others have joined meanwhile.',
  goingBack: (left: number) =>
    `*Going back.* The old login is in use again. ${left === 1 ? '1 host gets' : `${left} hosts get`} it back.`,
  notice: (registry: string, done: number, all: number) =>
    `New ${registryName(registry)} login: ${done} of ${count(all, 'host')} changed.`,
  left: (names: readonly string[]) =>
    names.length === 0
      ? ''
      : `${listing(names, 5)} ${names.length === 1 ? 'keeps' : 'keep'} the old login until ${names.length === 1 ? 'it is' : 'they are'} back or replaced.`,
  notSeen: (names: readonly string[]) =>
    names.length === 0
      ? ''
      : `No task has pulled on ${listing(names, 5)} yet; the next one there will prove ${names.length === 1 ? 'it' : 'them'}.`,
  leftOpen: (names: readonly string[]) =>
    names.length === 0
      ? ''
      : `Of ${listing(names, 5)} it is not known which login ${names.length === 1 ? 'its agent uses' : 'their agents use'}.`,
  leftBack: (names: readonly string[]) =>
    names.length === 0
      ? ''
      : `${listing(names, 5)} could not be given the old login again and ${names.length === 1 ? 'needs' : 'need'} a look.`,

  refused: (host: string, why: string) =>
    `${host} could not be given the login${because(why)}. Nothing was changed on it. No further host is touched.`,
  restored: (host: string, why: string) =>
    `${host} did not come back with its login${because(why)}. Its file of before is in place again, and its agent runs with it. No further host is touched.`,
  failed: (host: string, why: string) =>
    `${host} did not come back with its login${because(why)}, and it is not known which one its agent uses. Its tasks run on. No further host is touched.`,
  instanceNext: (host: string) =>
    `Look at the agent's log on ${host}, then press Try Again, or Leave It Out and go on.`,
};

function because(why: string): string {
  return why && `: ${whys[why] ?? why}`;
}

function reasonOf(facts: Facts): string {
  return isReason(facts.because) ? reasons[facts.because] : reasons.unknown;
}

function remedyOf(facts: Facts): string {
  return isReason(facts.because) ? remedies[facts.because] : remedies.unknown;
}

function isReason(word: string | undefined): word is NotReady {
  return word !== undefined && Object.hasOwn(reasons, word);
}

/** What the agent does with it, and what to do; names that are not in the catalogue are shown as they are. */
function problemOf({ problem = '', key }: Facts): string {
  const known = Object.entries(agentProblemTexts).find(([name]) => name === problem)?.[1];
  const facts = key === undefined ? {} : { key };
  return known
    ? `${known.says(facts)} ${known.next(facts)}`.replace(/\.$/, '')
    : (otherProblems[problem] ?? problem);
}

/** `i-0c3:4:eu-west-1a` for each host becomes `i-0c3 (4 tasks, eu-west-1a)`. */
function hostsOf({ hosts = '', more }: Facts): string {
  const named = hosts.split(' ').map((host) => {
    const [name = '', tasks = '0', zone = ''] = host.split(':');
    return `${name} (${[count(Number(tasks) || 0, 'task'), zone].filter(Boolean).join(', ')})`;
  });
  return more === undefined ? named.join(', ') : `${named.join(', ')} and ${more} more`;
}

function policyOf({ role, secret }: Facts): string {
  if (!role || !secret) return '';
  return `: add to ${role} \`{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "${secret}"}\``;
}
