import type { WireObject } from '../../operation.ts';
import type { ContainerRecord, TaskRecord } from '../state.ts';
import { maybeSeconds, present, seconds } from './times.ts';

/** A task as DescribeTasks shows it. */
export function describeTask(task: TaskRecord): WireObject {
  return present({
    attachments: [],
    attributes: [{ name: 'ecs.cpu-architecture', value: 'x86_64' }],
    availabilityZone: 'eu-west-1a',
    clusterArn: task.cluster.arn,
    connectivity: task.lastStatus === 'RUNNING' ? 'CONNECTED' : undefined,
    containerInstanceArn: task.instance?.arn,
    containers: task.containers.map((container) => describeContainer(task, container)),
    cpu: String(task.taskDefinition.cpu),
    createdAt: seconds(task.createdAt),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: false,
    group: task.group,
    healthStatus: 'UNKNOWN',
    inferenceAccelerators: [],
    lastStatus: task.lastStatus,
    launchType: task.launch,
    memory: String(task.taskDefinition.memory),
    overrides: {
      containerOverrides: task.containers.map(({ spec }) => ({ name: spec.name })),
      inferenceAcceleratorOverrides: [],
    },
    platformFamily: task.launch === 'FARGATE' ? 'Linux' : undefined,
    platformVersion: task.launch === 'FARGATE' ? '1.4.0' : undefined,
    pullStartedAt: maybeSeconds(task.pullStartedAt),
    pullStoppedAt: maybeSeconds(task.pullStoppedAt),
    startedAt: maybeSeconds(task.startedAt),
    startedBy: task.startedBy,
    stopCode: task.stopCode,
    stoppedAt: maybeSeconds(task.stoppedAt),
    stoppedReason: task.stoppedReason,
    stoppingAt: maybeSeconds(task.stoppingAt),
    tags: [],
    taskArn: task.arn,
    taskDefinitionArn: task.taskDefinition.arn,
    version: task.version,
  });
}

function describeContainer(task: TaskRecord, container: ContainerRecord): WireObject {
  return present({
    containerArn: container.arn,
    taskArn: task.arn,
    name: container.spec.name,
    image: container.image,
    imageDigest: container.imageDigest,
    runtimeId: container.runtimeId,
    lastStatus: container.lastStatus,
    exitCode: container.exitCode,
    reason: container.reason,
    networkBindings: [],
    networkInterfaces: [],
    healthStatus: 'UNKNOWN',
    cpu: '0',
  });
}
