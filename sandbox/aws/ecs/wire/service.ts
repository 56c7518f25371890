import type { WireObject } from '../../operation.ts';
import { countTasks, tasksOf } from '../scheduler/counts.ts';
import type {
  DeploymentRecord,
  RevisionRecord,
  RollingConfiguration,
  ServiceRecord,
  TaskRecord,
} from '../state.ts';
import { present, seconds } from './times.ts';

/** A service as DescribeServices shows it, without tags. */
export function describeService(service: ServiceRecord): WireObject {
  const counts = countTasks(service.tasks);
  const [primary] = service.deployments;
  const rolling = service.controller === 'ECS';
  const byProvider = service.kept.capacityProviderStrategy !== undefined;
  return present({
    loadBalancers: [],
    serviceRegistries: [],
    placementConstraints: [],
    placementStrategy: [],
    enableECSManagedTags: false,
    propagateTags: 'NONE',
    enableExecuteCommand: false,
    ...service.kept,
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    status: 'ACTIVE',
    desiredCount: service.desiredCount,
    runningCount: counts.running,
    pendingCount: counts.pending,
    launchType: byProvider ? undefined : service.launch,
    taskDefinition: primary?.revision.taskDefinition.arn,
    deploymentConfiguration: describeConfiguration(service.configuration),
    deploymentController: { type: service.controller },
    schedulingStrategy: service.strategy,
    deployments: rolling
      ? service.deployments.map((one, index) => describeDeployment(service, one, index))
      : [],
    taskSets: rolling ? undefined : service.deployments.map((one) => describeTaskSet(service, one)),
    events: service.events.map(({ createdAt, ...event }) => ({ ...event, createdAt: seconds(createdAt) })),
    createdAt: seconds(service.createdAt),
    currentServiceDeployment: service.serviceDeployments[0]?.arn,
    currentServiceRevisions: rolling
      ? service.deployments.map((one) => summarise(service, one.revision))
      : undefined,
  });
}

/** A `deploymentConfiguration` with ECS's defaults filled in. */
export function describeConfiguration(configuration: RollingConfiguration): WireObject {
  const { maximumPercent, minimumHealthyPercent, breaker, others } = configuration;
  return {
    strategy: 'ROLLING',
    bakeTimeInMinutes: 0,
    ...others,
    deploymentCircuitBreaker: breaker ?? { enable: false, rollback: false },
    maximumPercent,
    minimumHealthyPercent,
  };
}

/** A service revision with its counts, as service deployments and services show it. */
export function summarise(service: ServiceRecord, revision: RevisionRecord): WireObject {
  const tasks: TaskRecord[] = [...service.tasks].filter((task) => task.revision === revision);
  const counts = countTasks(tasks);
  const wanted = service.deployments[0]?.revision === revision;
  return {
    arn: revision.arn,
    requestedTaskCount: wanted ? service.desiredCount : counts.running + counts.pending,
    runningTaskCount: counts.running,
    pendingTaskCount: counts.pending,
  };
}

function describeDeployment(service: ServiceRecord, deployment: DeploymentRecord, index: number): WireObject {
  const counts = countTasks(tasksOf(service, deployment));
  const fargate = service.launch === 'FARGATE';
  return present({
    id: deployment.id,
    status: deployment.status,
    taskDefinition: deployment.revision.taskDefinition.arn,
    // An ACTIVE deployment is being drained: it wants no more than what it still has.
    desiredCount: index === 0 ? service.desiredCount : counts.running + counts.pending,
    pendingCount: counts.pending,
    runningCount: counts.running,
    failedTasks: deployment.failedTasks,
    createdAt: seconds(deployment.createdAt),
    updatedAt: seconds(deployment.updatedAt),
    launchType: service.kept.capacityProviderStrategy === undefined ? service.launch : undefined,
    capacityProviderStrategy: service.kept.capacityProviderStrategy,
    platformVersion: fargate ? '1.4.0' : undefined,
    platformFamily: fargate ? 'Linux' : undefined,
    networkConfiguration: service.kept.networkConfiguration,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutReason,
  });
}

/** CODE_DEPLOY services have task sets in place of deployments. */
function describeTaskSet(service: ServiceRecord, deployment: DeploymentRecord): WireObject {
  const counts = countTasks(tasksOf(service, deployment));
  return {
    id: deployment.id,
    taskSetArn: `${service.arn.replace(':service/', ':task-set/')}/${deployment.id}`,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    status: deployment.status,
    taskDefinition: deployment.revision.taskDefinition.arn,
    computedDesiredCount: service.desiredCount,
    pendingCount: counts.pending,
    runningCount: counts.running,
    createdAt: seconds(deployment.createdAt),
    updatedAt: seconds(deployment.updatedAt),
    launchType: service.launch,
    loadBalancers: [],
    serviceRegistries: [],
    scale: { value: 100, unit: 'PERCENT' },
    stabilityStatus: service.steady ? 'STEADY_STATE' : 'STABILIZING',
    tags: [],
  };
}
