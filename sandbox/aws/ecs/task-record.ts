import type {
  ClusterRecord,
  ContainerSpec,
  InstanceRecord,
  LaunchType,
  RevisionRecord,
  ServiceRecord,
  TaskDefinitionRecord,
} from './state.ts';

export type TaskStatus = 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEPROVISIONING' | 'STOPPED';

export type StopCode =
  | 'TaskFailedToStart'
  | 'EssentialContainerExited'
  | 'UserInitiated'
  | 'ServiceSchedulerInitiated';

export interface TaskRecord {
  readonly arn: string;
  readonly cluster: ClusterRecord;
  readonly taskDefinition: TaskDefinitionRecord;
  readonly launch: LaunchType;
  readonly instance: InstanceRecord | undefined;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly service: ServiceRecord | undefined;
  readonly revision: RevisionRecord | undefined;
  readonly containers: readonly ContainerRecord[];
  readonly createdAt: number;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  version: number;
  startedAt: number | undefined;
  pullStartedAt: number | undefined;
  pullStoppedAt: number | undefined;
  stoppingAt: number | undefined;
  stoppedAt: number | undefined;
  stopCode: StopCode | undefined;
  stoppedReason: string | undefined;
}

export interface ContainerRecord {
  readonly arn: string;
  readonly spec: ContainerSpec;
  /** As sent to the agent: the task definition's, or with the digest the deployment has settled on. */
  readonly image: string;
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  /** The first error of its life, never cleared (amazon-ecs-agent, ApplyingError). At most 1024 characters. */
  reason: string | undefined;
  imageDigest: string | undefined;
  runtimeId: string | undefined;
  exitCode: number | undefined;
}
