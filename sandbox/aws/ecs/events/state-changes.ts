import type { DeploymentRecord, ServiceRecord, TaskRecord } from '../state.ts';
import { describeTask } from '../wire/task.ts';
import type { World } from '../world.ts';

/** "ECS Task State Change": the detail is what DescribeTasks shows, with ISO times (ECS guide, ecs_task_events). */
export function emitTaskChange({ emit, timers }: World, task: TaskRecord): void {
  const updatedAt = new Date(timers.now()).toISOString();
  emit('ECS Task State Change', task.arn, { ...withIsoTimes(describeTask(task)), updatedAt });
}

export type DeploymentEventName =
  | 'SERVICE_DEPLOYMENT_IN_PROGRESS'
  | 'SERVICE_DEPLOYMENT_COMPLETED'
  | 'SERVICE_DEPLOYMENT_FAILED';

/** "ECS Deployment State Change" of a rolling deployment (ECS guide, ecs_service_deployment_events). */
export function emitDeploymentChange(
  { emit }: World,
  service: ServiceRecord,
  deployment: DeploymentRecord,
  eventName: DeploymentEventName,
): void {
  emit('ECS Deployment State Change', service.arn, {
    eventType: eventName === 'SERVICE_DEPLOYMENT_FAILED' ? 'ERROR' : 'INFO',
    eventName,
    clusterArn: service.cluster.arn,
    deploymentId: deployment.id,
    updatedAt: new Date(deployment.updatedAt).toISOString(),
    reason: deployment.rolloutReason,
  });
}

function withIsoTimes(task: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(task).map(([name, value]) =>
    name.endsWith('At') && typeof value === 'number'
      ? [name, new Date(value * 1000).toISOString()]
      : [name, value],
  );
  return Object.fromEntries(entries);
}
