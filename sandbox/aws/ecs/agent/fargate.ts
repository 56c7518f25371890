import type { ContainerdPull } from '../pull/containerd.ts';
import type { ContainerdAnswer } from '../pull/containerd-answer.ts';
import { readImageName } from '../pull/image-name.ts';
import type { Login } from '../pull/token.ts';
import type { EcsSettings } from '../settings.ts';
import type { ContainerRecord, TaskRecord } from '../state.ts';
import type { Timers } from '../timers.ts';
import type { ExecutionRole } from './execution-role.ts';
import { retry } from './retry.ts';
import { inFargateWords } from './secret-words.ts';
import { clipReason, type OnResolved, type StartContainers } from './starter.ts';

export interface FargateOptions {
  readonly timers: Timers;
  readonly random: () => number;
  readonly settings: EcsSettings;
  readonly pull: ContainerdPull;
  readonly executionRole: ExecutionRole;
  readonly onResolved: OnResolved;
}

/** Fargate's side of a task start: no cache, every start really pulls, and all reasons stand on the task. */
export function createFargate(options: FargateOptions): StartContainers {
  return async (task) => {
    for (const container of task.containers) {
      const login = readLogin(options.executionRole, task, container);
      if (typeof login === 'string') return { kind: 'failed', reason: clipReason(login) };
      const failed = await pullContainer(options, task, container, login);
      if (failed !== undefined) return { kind: 'failed', reason: clipReason(failed) };
    }
    return { kind: 'started' };
  };
}

function readLogin(
  executionRole: ExecutionRole,
  task: TaskRecord,
  { spec }: ContainerRecord,
): Login | undefined | string {
  if (spec.secretId === undefined) return undefined;
  const taskId = task.arn.slice(task.arn.lastIndexOf('/') + 1);
  const role = task.taskDefinition.executionRoleArn;
  const read = executionRole.readLogin(role, spec.secretId, taskId, 'exact');
  return 'login' in read ? read.login : inFargateWords(read.problem, spec.secretId);
}

/** Undefined when the image is there, else the text for `stoppedReason`. */
async function pullContainer(
  { timers, random, settings, pull, onResolved }: FargateOptions,
  task: TaskRecord,
  container: ContainerRecord,
  login: Login | undefined,
): Promise<string | undefined> {
  task.pullStartedAt ??= timers.now();
  const { answer, tries } = await retry<ContainerdAnswer>({
    timers,
    random,
    plan: settings.fargatePull,
    attempt: () => pull(container.image, login),
    again: (tried) => 'error' in tried && tried.passing,
  });
  task.pullStoppedAt = timers.now();
  if ('error' in answer) return refusal(answer, container.image, tries);
  container.imageDigest = answer.digest;
  onResolved(task, container, answer.digest);
  return undefined;
}

function refusal(answer: Extract<ContainerdAnswer, { error: string }>, image: string, tries: number): string {
  const retried = `has been retried ${tries} time(s): `;
  switch (answer.phase) {
    case 'resolve': {
      const name = readImageName(image);
      const full = typeof name === 'string' ? image : name.full;
      return `CannotPullContainerError: pull image manifest ${retried}failed to resolve ref ${full}: ${answer.error}`;
    }
    case 'platform':
      return `CannotPullContainerError: pull image manifest ${retried}${answer.error}`;
    case 'copy':
      return `CannotPullContainerError: ref pull ${retried}${answer.error}`;
    default:
      return answer.phase satisfies never;
  }
}
