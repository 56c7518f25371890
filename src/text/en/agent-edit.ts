import type { MergeRefusal, MergeStep } from '../../credentials/agent/merge.ts';
import type { NotMoved } from '../../credentials/agent/move-to-secrets.ts';
import type { AgentProblemText } from './agent.ts';
import { entry, place } from './agent-words.ts';

/** What is done to a file beside setting the entry, as a line of the checks: no full stop. */
export const mergeStepTexts: Readonly<Record<MergeStep, string>> = {
  'data-replaced': 'The value could not be read by the agent; it is replaced, with all that stood in it',
  'members-dropped': 'Members that kept the agent from reading the value are left out',
  'copied-from-beneath':
    'The logins of /var/lib/ecs/ecs.config are taken over, since the new line hides them',
  'turned-to-dockercfg':
    'All logins are turned from plain text (docker) to the form of docker login (dockercfg)',
  'type-set': 'The type is set to dockercfg',
};

export const agentTexts = {
  /** Said wherever logins lie on instances, from AWS's own advice. */
  betterPlace:
    'Logins on instances can be read by whoever is root there. AWS Secrets Manager is the better place.',
  plainText: 'The type is docker: the password lies on the instances in plain text.',
  comeIntoForce: (keys: readonly string[]) =>
    `The agent passed over ${keys.join(', ')} so far and will use it from now on. Nobody has tried it`,
};

/** Why a file is not edited. */
export const mergeRefusalTexts: Readonly<Record<MergeRefusal, AgentProblemText>> = {
  'agent-would-not-start': {
    says: () => 'The agent does not start: it cannot read /etc/ecs/ecs.config.json.',
    next: () => 'Correct the JSON of that file, then start again.',
  },
  'data-in-json': {
    says: (p) => `The logins lie in ${place(p.source)}, which the bot does not rewrite.`,
    next: (p) => `Change them in ${place(p.source)}, or move them to /etc/ecs/ecs.config.`,
  },
  'never-used': {
    says: (p) => `The agent would never use a login for ${p.key || 'this registry'}.`,
    next: () => 'Name the host as images do. For Docker Hub it is docker.io, for all of it.',
  },
  'user-name-with-colon': {
    says: () => 'The user name has a colon. The type dockercfg cannot hold that.',
    next: () => 'Take a user name without a colon.',
  },
  'entry-cannot-turn': {
    says: (p) =>
      `${entry(p)} cannot be turned to dockercfg: it has a token for a password, or a colon in its user name.`,
    next: () => 'Keep the type docker, or give that registry another login.',
  },
};

/** Why a container is not among those that would move to Secrets Manager. */
export const notMovedTexts: Readonly<Record<NotMoved, string>> = {
  'has-its-own': 'It names a secret of its own already',
  ecr: 'Its image is in Amazon ECR, where ECS logs in by itself',
  'other-login': 'Its image is pulled with another login, or with none',
  undecided:
    'Which login its image is pulled with changes from start to start, since there is none for the host alone',
};
