import { tellOnce } from '../events/service-events.ts';
import type { DeploymentRecord, InstanceRecord, ServiceRecord, TaskRecord } from '../state.ts';
import { fits, type Placement, place, remainingOn } from './placement.ts';
import type { Turning } from './scheduler.ts';

const NO_FIT = 'was unable to place a task because no container instance met all of its requirements.';

/** Starts up to `count` tasks of the PRIMARY deployment; where none fits, tells it and tries again later. */
export function startReplicas(
  turning: Turning,
  service: ServiceRecord,
  deployment: DeploymentRecord,
  count: number,
): TaskRecord[] {
  const started: TaskRecord[] = [];
  while (started.length < count) {
    const placement = findPlace(turning, service, deployment);
    if (placement !== 'FARGATE' && 'none' in placement) {
      missPlace(turning, service, deployment, placement);
      break;
    }
    started.push(
      launch(turning, service, deployment, placement === 'FARGATE' ? undefined : placement.instance),
    );
  }
  return started;
}

/** One task on each of `instances` that has room for it. */
export function startDaemonTasks(
  turning: Turning,
  service: ServiceRecord,
  deployment: DeploymentRecord,
  instances: readonly InstanceRecord[],
): TaskRecord[] {
  const { taskDefinition } = deployment.revision;
  const roomy = instances.filter((instance) => fits(remainingOn(instance), taskDefinition));
  const [full] = instances.filter((instance) => !roomy.includes(instance));
  if (full !== undefined) {
    missPlace(turning, service, deployment, { none: 'no-room', closest: full, lacks: 'MEMORY' });
  }
  return roomy.map((instance) => launch(turning, service, deployment, instance));
}

function findPlace(
  { world }: Turning,
  service: ServiceRecord,
  { revision }: DeploymentRecord,
): Placement | 'FARGATE' {
  if (service.launch === 'FARGATE') return 'FARGATE';
  return place(world.estate, service.cluster, revision.taskDefinition, groupOf(service));
}

function missPlace(
  { world, wakeUps }: Turning,
  service: ServiceRecord,
  deployment: DeploymentRecord,
  placement: Extract<Placement, { none: string }>,
): void {
  tellOnce(world, service, deployment, 'no-place', `${NO_FIT} ${reasonOf(placement)}`);
  wakeUps.wakeIn(service, world.settings.placementRetry);
}

function reasonOf(placement: Extract<Placement, { none: string }>): string {
  if (placement.none === 'no-instances') return 'Reason: No Container Instances were found in your cluster.';
  const id = placement.closest.arn.slice(placement.closest.arn.lastIndexOf('/') + 1);
  const lack =
    placement.lacks === 'CPU' ? 'insufficient CPU units available' : 'insufficient memory available';
  return `The closest matching (container-instance ${id}) has ${lack}.`;
}

function launch(
  { lifecycle }: Turning,
  service: ServiceRecord,
  { id, revision }: DeploymentRecord,
  instance: InstanceRecord | undefined,
): TaskRecord {
  return lifecycle.launch({
    cluster: service.cluster,
    taskDefinition: revision.taskDefinition,
    launch: service.launch,
    instance,
    group: groupOf(service),
    startedBy: id,
    service,
    revision,
  });
}

const groupOf = ({ name }: ServiceRecord): string => `service:${name}`;
