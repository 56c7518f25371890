import type { Login } from '../pull/token.ts';
import type { TaskRecord } from '../state.ts';
import type { ExecutionRole } from './execution-role.ts';
import { type Ec2AgentOptions, type Prepared, prepareContainer } from './prepare-container.ts';
import { inAgentWords } from './secret-words.ts';
import { clipReason, type StartContainers, type StartOutcome } from './starter.ts';

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
