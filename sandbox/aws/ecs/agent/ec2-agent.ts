import type { Dockerd, EngineAnswer } from '../pull/dockerd.ts';
import { readImageName, withDigest } from '../pull/image-name.ts';
import type { Login } from '../pull/token.ts';
import type { EcsSettings } from '../settings.ts';
import type { ContainerRecord, InstanceRecord, TaskRecord } from '../state.ts';
import type { Timers } from '../timers.ts';
import type { ExecutionRole } from './execution-role.ts';
import { retry } from './retry.ts';
import { inAgentWords } from './secret-words.ts';
import {
  clipReason,
  keepFirstReason,
  type OnResolved,
  type StartContainers,
  type StartOutcome,
} from './starter.ts';

export interface Ec2AgentOptions {
  readonly timers: Timers;
  readonly random: () => number;
  readonly settings: EcsSettings;
  readonly dockerd: Dockerd;
  readonly executionRole: ExecutionRole;
  readonly onResolved: OnResolved;
}

const FAILED_TO_START: StartOutcome = { kind: 'failed', reason: 'Task failed to start' };

/**
 * The container agent of an EC2 instance, after amazon-ecs-agent 1.105 (docker_task_engine.go,
 * task_manager.go): secrets first and fatal, then per container the digest lookup, the pull, and the
 * fallback to a local image that leaves a RUNNING container with a reason.
 */
export function createEc2Agent(options: Ec2AgentOptions): StartContainers {
  return async (task) => {
    const { instance } = task;
    if (instance === undefined) return FAILED_TO_START;
    const logins = readLogins(options.executionRole, task);
    if (typeof logins === 'string') return { kind: 'failed', reason: clipReason(logins) };
    const prepared = await Promise.all(
      task.containers.map((container) => {
        const login = logins.get(container.spec.secretId ?? '');
        return prepareContainer({ options, task, instance, container, login });
      }),
    );
    return createContainers(task, prepared);
  };
}

/** Each distinct secret is read once per task start; the first that fails is the task's stoppedReason. */
function readLogins(executionRole: ExecutionRole, task: TaskRecord): Map<string, Login> | string {
  const logins = new Map<string, Login>();
  const taskId = task.arn.slice(task.arn.lastIndexOf('/') + 1);
  for (const { spec } of task.containers) {
    if (spec.secretId === undefined || logins.has(spec.secretId)) continue;
    const role = task.taskDefinition.executionRoleArn;
    const read = executionRole.readLogin(role, spec.secretId, taskId, 'any');
    if ('problem' in read) return inAgentWords(read.problem, spec.secretId);
    logins.set(spec.secretId, read.login);
  }
  return logins;
}

/** `fatal`: the pull behaviour forbids going on. `image-missing`: nothing local to run. */
type Prepared = 'ready' | 'fatal' | 'image-missing';

interface Preparing {
  readonly options: Ec2AgentOptions;
  readonly task: TaskRecord;
  readonly instance: InstanceRecord;
  readonly container: ContainerRecord;
  readonly login: Login | undefined;
}

async function prepareContainer(preparing: Preparing): Promise<Prepared> {
  const { instance, container } = preparing;
  const strict = instance.behavior === 'always' || instance.behavior === 'once';
  const digest = await resolveDigest(preparing);
  if (container.reason !== undefined && strict) return 'fatal';
  if (mustPull(instance, container.image)) {
    const pulled = await pullImage(preparing, digest);
    if (!pulled && strict) return 'fatal';
  }
  const local = instance.cache.find(container.image);
  if (local === undefined) {
    keepFirstReason(
      container,
      `CannotCreateContainerError: Error response from daemon: No such image: ${container.image}`,
    );
    return 'image-missing';
  }
  container.imageDigest = local;
  return 'ready';
}

/** The four ECS_IMAGE_PULL_BEHAVIORs (docker_task_engine.go, imagePullRequired). */
function mustPull({ behavior, cache }: InstanceRecord, image: string): boolean {
  switch (behavior) {
    case 'default':
    case 'always':
      return true;
    case 'once':
      return !cache.wasPulled(image);
    case 'prefer-cached':
      return cache.find(image) === undefined;
    default:
      return behavior satisfies never;
  }
}

/** The digest the container's image means; undefined where the lookup failed, which leaves its reason. */
async function resolveDigest(preparing: Preparing): Promise<string | undefined> {
  const { options, task, instance, container, login } = preparing;
  const named = readImageName(container.image);
  if (typeof named !== 'string' && named.digest !== undefined) return named.digest;
  const answer = mustPull(instance, container.image)
    ? await lookUp(options, container.image, login)
    : readLocalDigest(instance, container.image);
  if ('error' in answer) {
    keepFirstReason(container, `CannotPullImageManifestError: Error response from daemon: ${answer.error}`);
    return undefined;
  }
  options.onResolved(task, container, answer.digest);
  return answer.digest;
}

function readLocalDigest(instance: InstanceRecord, image: string): EngineAnswer {
  const digest = instance.cache.find(image);
  return digest === undefined ? { error: `No such image: ${image}` } : { digest };
}

async function lookUp(
  { timers, random, settings, dockerd }: Ec2AgentOptions,
  image: string,
  login: Login | undefined,
): Promise<EngineAnswer> {
  const plan = settings.manifestPull;
  const attempt = (): Promise<EngineAnswer> => dockerd.lookUp(image, login);
  return (await retry({ timers, random, plan, attempt, again: (answer) => 'error' in answer })).answer;
}

/** Pulls by the digest where it is known, by the tag where the lookup failed. False where it was refused. */
async function pullImage(preparing: Preparing, digest: string | undefined): Promise<boolean> {
  const { options, task, instance, container, login } = preparing;
  const { timers, random, settings, dockerd } = options;
  const reference = digest === undefined ? container.image : withDigest(container.image, digest);
  task.pullStartedAt ??= timers.now();
  const isLocal = (local: string): boolean => instance.cache.has(container.image, local);
  const { answer } = await retry({
    timers,
    random,
    plan: settings.imagePull,
    attempt: () => dockerd.pull(reference, login, isLocal),
    again: (tried) => 'error' in tried,
  });
  task.pullStoppedAt = timers.now();
  if ('digest' in answer) {
    instance.cache.store(container.image, answer.digest);
    return true;
  }
  keepFirstReason(
    container,
    `CannotPullContainerError: ${augment(`Error response from daemon: ${answer.error}`)}`,
  );
  return false;
}

/** The hint agents since 1.84 put before some texts (errormessages/error_messages.go). */
function augment(text: string): string {
  const start = 'The task can’t pull the image. ';
  if (text.includes('denied: requested access to the resource is denied')) {
    return `${start}Check whether the image exists. ${text}`;
  }
  if (text.includes('request canceled while waiting for connection')) {
    return `${start}Check your network configuration. ${text}`;
  }
  return text;
}

function createContainers(task: TaskRecord, prepared: readonly Prepared[]): StartOutcome {
  const fails = prepared.some(
    (state, index) =>
      state === 'fatal' || (state === 'image-missing' && task.containers[index]?.spec.essential),
  );
  if (fails) return FAILED_TO_START;
  for (const [index, state] of prepared.entries()) {
    const container = task.containers[index];
    if (container !== undefined && state !== 'ready') container.lastStatus = 'STOPPED';
  }
  return { kind: 'started' };
}
