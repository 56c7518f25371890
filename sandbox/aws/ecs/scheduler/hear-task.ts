import { tellOnce, tellService } from '../events/service-events.ts';
import type { DeploymentRecord, ServiceRecord, TaskRecord } from '../state.ts';
import type { TaskNews } from '../tasks/lifecycle.ts';
import type { World } from '../world.ts';
import { backOff } from './back-off.ts';
import { tripBreaker } from './breaker.ts';

const IMPAIRED =
  'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.';

/** Takes what became of a task into its deployment's counts; may trip the circuit breaker. */
export function hearTask(world: World, service: ServiceRecord, task: TaskRecord, news: TaskNews): void {
  const deployment = service.deployments.find(({ revision }) => revision === task.revision);
  if (deployment === undefined) return;
  if (news === 'running') {
    deployment.failedTasks = 0;
    deployment.hasRun = true;
    deployment.told.delete('impaired');
  } else if (news === 'stopping' && hasFailed(task)) {
    countFailure(world, service, deployment, task);
  }
}

/** Only tasks that never ran, or failed a health check, are failures; an exit later on is none. */
const hasFailed = (task: TaskRecord): boolean => task.stopCode === 'TaskFailedToStart' || isUnhealthy(task);

const isUnhealthy = (task: TaskRecord): boolean =>
  task.stoppedReason === 'Task failed container health checks';

function countFailure(
  world: World,
  service: ServiceRecord,
  deployment: DeploymentRecord,
  task: TaskRecord,
): void {
  deployment.failedTasks += 1;
  if (!deployment.hasRun || isUnhealthy(task)) deployment.breakerCount += 1;
  const wait = backOff(deployment.failedTasks, service.desiredCount, world.settings);
  if (wait > 0) {
    deployment.retryAt = world.timers.now() + wait;
    tellOnce(world, service, deployment, 'impaired', IMPAIRED);
  }
  if (task.launch === 'FARGATE' && task.stopCode === 'TaskFailedToStart') {
    tellService(world, service, `was unable to place a task. Reason: ${task.stoppedReason}.`);
  }
  tripBreaker(world, service, deployment);
}
