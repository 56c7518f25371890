import { tellService } from '../events/service-events.ts';
import { emitDeploymentChange } from '../events/state-changes.ts';
import { deploymentId, shortId } from '../ids.ts';
import type {
  DeploymentRecord,
  RevisionRecord,
  ServiceDeploymentRecord,
  ServiceRecord,
  TaskDefinitionRecord,
} from '../state.ts';
import type { World } from '../world.ts';
import { breakerThreshold } from './breaker-threshold.ts';
import { finishServiceDeployment, runningServiceDeployment, supersede } from './service-deployments.ts';

/**
 * Begins to roll out a task definition: a new revision, whose tags are resolved anew, a new PRIMARY
 * deployment and its service deployment. One that still ran is superseded.
 */
export function beginDeployment(
  world: World,
  service: ServiceRecord,
  taskDefinition: TaskDefinitionRecord,
): DeploymentRecord {
  const arn = world.arns.serviceRevision(service.cluster.name, service.name, shortId());
  const revision: RevisionRecord = { arn, taskDefinition, pinned: new Map() };
  const sources = service.deployments.map((deployment) => deployment.revision);
  if (service.controller === 'ECS') {
    supersede(world, service);
    service.serviceDeployments.unshift(openServiceDeployment(world, service, revision, sources));
  }
  return openDeployment(world, service, revision, (id) => `ECS deployment ${id} in progress.`);
}

/**
 * A new PRIMARY deployment for a revision. Tasks of that revision that still run count as its own, which
 * is how a rollback keeps what the failed deployment had not replaced yet.
 */
export function openDeployment(
  world: World,
  service: ServiceRecord,
  revision: RevisionRecord,
  reason: (id: string) => string,
): DeploymentRecord {
  const now = world.timers.now();
  const id = deploymentId();
  const deployment: DeploymentRecord = {
    id,
    status: 'PRIMARY',
    revision,
    rolloutState: 'IN_PROGRESS',
    rolloutReason: reason(id),
    createdAt: now,
    updatedAt: now,
    failedTasks: 0,
    breakerCount: 0,
    hasRun: false,
    retryAt: 0,
    told: new Set(),
  };
  const others = service.deployments.filter((other) => other.revision !== revision);
  for (const other of others) other.status = 'ACTIVE';
  service.deployments = [deployment, ...others];
  service.steady = false;
  emitDeploymentChange(world, service, deployment, 'SERVICE_DEPLOYMENT_IN_PROGRESS');
  return deployment;
}

/** All new tasks are steady and all old ones gone. */
export function completeDeployment(world: World, service: ServiceRecord, deployment: DeploymentRecord): void {
  deployment.rolloutState = 'COMPLETED';
  deployment.rolloutReason = `ECS deployment ${deployment.id} completed.`;
  deployment.updatedAt = world.timers.now();
  service.deployments = [deployment];
  service.lastCompleted = deployment.revision;
  const running = runningServiceDeployment(service);
  if (running !== undefined) {
    if (running.breaker.status === 'MONITORING') running.breaker.status = 'MONITORING_COMPLETE';
    finishServiceDeployment(
      world,
      running,
      running.rollback === undefined ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL',
    );
  }
  if (service.controller !== 'ECS') return;
  tellService(world, service, `(deployment ${deployment.id}) deployment completed.`);
  emitDeploymentChange(world, service, deployment, 'SERVICE_DEPLOYMENT_COMPLETED');
}

function openServiceDeployment(
  world: World,
  service: ServiceRecord,
  target: RevisionRecord,
  sources: readonly RevisionRecord[],
): ServiceDeploymentRecord {
  const now = world.timers.now();
  const watched = service.configuration.breaker?.enable === true;
  return {
    arn: world.arns.serviceDeployment(service.cluster.name, service.name, shortId()),
    createdAt: now,
    updatedAt: now,
    finishedAt: undefined,
    stoppedAt: undefined,
    status: 'IN_PROGRESS',
    reason: undefined,
    target,
    sources,
    rollback: undefined,
    breaker: { status: watched ? 'MONITORING' : 'DISABLED', count: 0 },
    threshold: breakerThreshold(service.desiredCount),
  };
}
