/** ECS's answers as the rules see them. Pure. */
import type { Container, Deployment, Service, Task } from '@aws-sdk/client-ecs';
import type { ServiceConsumer } from '../rotation/rules/consumer.ts';
import type { ContainerSight, DeploymentSight, ServiceSight, TaskSight } from '../rotation/rules/sight.ts';

export function toServiceSight(service: Service, rolledBack: boolean): ServiceSight {
  const { serviceArn: arn = '', desiredCount = 0, runningCount = 0, pendingCount = 0 } = service;
  const [event] = service.events ?? [];
  return {
    arn,
    desired: desiredCount,
    running: runningCount,
    pending: pendingCount,
    taskDefinition: service.taskDefinition ?? '',
    deployments: primaryFirst(service.deployments ?? []).map(toDeploymentSight),
    ...(event && { newestEvent: { id: event.id ?? '', text: event.message ?? '' } }),
    rolledBack,
  };
}

/** `host` is the EC2 instance the task was placed on, where known. */
export function toTaskSight(service: ServiceConsumer, task: Task, host: string | undefined): TaskSight {
  return present({
    arn: task.taskArn ?? '',
    startedBy: task.startedBy ?? '',
    launchType: launchTypeOf(task, service.launchType),
    lastStatus: task.lastStatus ?? '',
    desiredStatus: task.desiredStatus ?? '',
    createdAt: task.createdAt?.getTime() ?? 0,
    pullStartedAt: task.pullStartedAt?.getTime(),
    pullStoppedAt: task.pullStoppedAt?.getTime(),
    startedAt: task.startedAt?.getTime(),
    stoppedAt: task.stoppedAt?.getTime(),
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    host,
    containers: (task.containers ?? []).map(toContainerSight),
  });
}

function primaryFirst(deployments: readonly Deployment[]): Deployment[] {
  return deployments.toSorted((one, other) => rank(one) - rank(other));
}

function rank({ status }: Deployment): number {
  return status === 'PRIMARY' ? 0 : 1;
}

function toDeploymentSight(deployment: Deployment): DeploymentSight {
  const { status } = deployment;
  return {
    id: deployment.id ?? '',
    status: status === 'PRIMARY' || status === 'ACTIVE' ? status : 'INACTIVE',
    rollout: deployment.rolloutState ?? 'UNKNOWN',
    createdAt: deployment.createdAt?.getTime() ?? 0,
    running: deployment.runningCount ?? 0,
    pending: deployment.pendingCount ?? 0,
    desired: deployment.desiredCount ?? 0,
    failedTasks: deployment.failedTasks ?? 0,
    taskDefinition: deployment.taskDefinition ?? '',
  };
}

function toContainerSight(container: Container): ContainerSight {
  return present({
    name: container.name ?? '',
    image: container.image ?? '',
    digest: container.imageDigest,
    reason: container.reason,
    exitCode: container.exitCode,
    lastStatus: container.lastStatus ?? '',
  });
}

/** A task by capacity provider names no launch type. */
function launchTypeOf(task: Task, ofService: ServiceConsumer['launchType']): TaskSight['launchType'] {
  const { launchType, capacityProviderName = '', containerInstanceArn } = task;
  if (launchType === 'FARGATE' || launchType === 'EC2' || launchType === 'EXTERNAL') return launchType;
  if (capacityProviderName.startsWith('FARGATE')) return 'FARGATE';
  return containerInstanceArn ? 'EC2' : ofService;
}

/** Without the members that are undefined: sights are compared and stored. */
function present<T extends object>(sight: T): T {
  // Removing undefined members leaves a T, whose optional members are the only ones that can be undefined.
  return Object.fromEntries(Object.entries(sight).filter(([, value]) => value !== undefined)) as T;
}
