import { randomUUID } from 'node:crypto';
import { hexId } from '../ids.ts';
import type {
  ClusterRecord,
  ContainerRecord,
  ContainerSpec,
  InstanceRecord,
  LaunchType,
  RevisionRecord,
  ServiceRecord,
  TaskDefinitionRecord,
  TaskRecord,
} from '../state.ts';
import type { World } from '../world.ts';

export interface TaskOrder {
  readonly cluster: ClusterRecord;
  readonly taskDefinition: TaskDefinitionRecord;
  readonly launch: LaunchType;
  readonly instance?: InstanceRecord | undefined;
  readonly group: string;
  readonly startedBy?: string | undefined;
  readonly service?: ServiceRecord;
  readonly revision?: RevisionRecord;
}

/** Puts a new PROVISIONING task on record. Later tasks of a revision carry the digest its first ones found. */
export function createTask(world: World, order: TaskOrder): TaskRecord {
  const id = hexId();
  const { cluster, revision } = order;
  const task: TaskRecord = {
    arn: world.arns.task(cluster.name, id),
    cluster,
    taskDefinition: order.taskDefinition,
    launch: order.launch,
    instance: order.instance,
    group: order.group,
    startedBy: order.startedBy,
    service: order.service,
    revision,
    containers: order.taskDefinition.containers.map((spec) => {
      const arn = world.arns.container(cluster.name, id, randomUUID());
      return createContainer(arn, spec, pinnedImage(order, spec));
    }),
    createdAt: world.timers.now(),
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    version: 1,
    startedAt: undefined,
    pullStartedAt: undefined,
    pullStoppedAt: undefined,
    stoppingAt: undefined,
    stoppedAt: undefined,
    stopCode: undefined,
    stoppedReason: undefined,
  };
  world.estate.tasks.set(task.arn, task);
  order.service?.tasks.add(task);
  order.instance?.tasks.add(task);
  return task;
}

function pinnedImage({ service, revision }: TaskOrder, spec: ContainerSpec): string {
  const consistent = service?.versionConsistency === true && spec.versionConsistency;
  return (consistent ? revision?.pinned.get(spec.name) : undefined) ?? spec.image;
}

function createContainer(arn: string, spec: ContainerSpec, image: string): ContainerRecord {
  return {
    arn,
    spec,
    image,
    lastStatus: 'PENDING',
    reason: undefined,
    imageDigest: undefined,
    runtimeId: undefined,
    exitCode: undefined,
  };
}
