import type { WireObject } from '../operation.ts';
import type { ImageCache } from './agent/image-cache.ts';

/** What the ECS stand-in remembers. Times are milliseconds of the sandbox's clock. */
export interface Estate {
  /** By name. */
  readonly clusters: Map<string, ClusterRecord>;
  /** By ARN, in the order of registration. */
  readonly taskDefinitions: Map<string, TaskDefinitionRecord>;
  /** By ARN. */
  readonly services: Map<string, ServiceRecord>;
  readonly tasks: Map<string, TaskRecord>;
  readonly instances: Map<string, InstanceRecord>;
  /** Tags by the ARN of what carries them. */
  readonly tags: Map<string, Tag[]>;
}

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface ClusterRecord {
  readonly arn: string;
  readonly name: string;
}

export type LaunchType = 'EC2' | 'FARGATE';

export interface TaskDefinitionRecord {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly registeredAt: number;
  /** As it was registered, without tags. */
  readonly body: WireObject;
  readonly containers: readonly ContainerSpec[];
  readonly executionRoleArn: string | undefined;
  /** CPU units and MiB a task of it takes. */
  readonly cpu: number;
  readonly memory: number;
}

export interface ContainerSpec {
  readonly name: string;
  readonly image: string;
  readonly essential: boolean;
  /** `repositoryCredentials.credentialsParameter`, passed to Secrets Manager as it stands. */
  readonly secretId: string | undefined;
  readonly versionConsistency: boolean;
}

/** What a deployment rolls out: a task definition, with the digests its tags were found to mean. */
export interface RevisionRecord {
  readonly arn: string;
  readonly taskDefinition: TaskDefinitionRecord;
  /** Image with digest by container name, once a first task has resolved the tag. */
  readonly pinned: Map<string, string>;
}

export type RolloutState = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

export interface DeploymentRecord {
  readonly id: string;
  status: 'PRIMARY' | 'ACTIVE';
  readonly revision: RevisionRecord;
  rolloutState: RolloutState;
  rolloutReason: string;
  readonly createdAt: number;
  updatedAt: number;
  /** Start failures in a row; a task that runs sets it back. */
  failedTasks: number;
  /** The circuit breaker's own count, which ends once a task has run. */
  breakerCount: number;
  hasRun: boolean;
  /** No start before this time. */
  retryAt: number;
  /** Which of the once-only service events it has had. */
  readonly told: Set<string>;
}

export type ServiceDeploymentStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'STOP_REQUESTED'
  | 'STOPPED'
  | 'SUCCESSFUL'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED';

export interface ServiceDeploymentRecord {
  readonly arn: string;
  readonly createdAt: number;
  updatedAt: number;
  finishedAt: number | undefined;
  stoppedAt: number | undefined;
  status: ServiceDeploymentStatus;
  reason: string | undefined;
  readonly target: RevisionRecord;
  readonly sources: readonly RevisionRecord[];
  rollback: { readonly reason: string; readonly startedAt: number; readonly to: RevisionRecord } | undefined;
  breaker: { status: 'MONITORING' | 'MONITORING_COMPLETE' | 'TRIGGERED' | 'DISABLED'; count: number };
  readonly threshold: number;
}

export interface RollingConfiguration {
  readonly maximumPercent: number;
  readonly minimumHealthyPercent: number;
  readonly breaker: { readonly enable: boolean; readonly rollback: boolean } | undefined;
  /** Its other members (strategy, alarms …), kept and shown, not acted on. */
  readonly others: WireObject;
}

export interface ServiceRecord {
  readonly arn: string;
  readonly name: string;
  readonly cluster: ClusterRecord;
  readonly createdAt: number;
  readonly launch: LaunchType;
  readonly strategy: 'REPLICA' | 'DAEMON';
  readonly controller: 'ECS' | 'CODE_DEPLOY' | 'EXTERNAL';
  /** Members of CreateService that are shown again and not acted on. */
  kept: WireObject;
  desiredCount: number;
  configuration: RollingConfiguration;
  /** The first is PRIMARY. */
  deployments: DeploymentRecord[];
  /** Newest first. */
  readonly serviceDeployments: ServiceDeploymentRecord[];
  /** Newest first, at most 100 as AWS shows. */
  readonly events: ServiceEventRecord[];
  readonly tasks: Set<TaskRecord>;
  lastCompleted: RevisionRecord | undefined;
  versionConsistency: boolean;
  steady: boolean;
}

export interface ServiceEventRecord {
  readonly id: string;
  readonly createdAt: number;
  readonly message: string;
}

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

export type PullBehavior = 'default' | 'always' | 'once' | 'prefer-cached';

export interface InstanceRecord {
  readonly arn: string;
  readonly cluster: ClusterRecord;
  readonly ec2InstanceId: string;
  readonly cpu: number;
  readonly memory: number;
  readonly registeredAt: number;
  readonly cache: ImageCache;
  /** Those that hold its resources: all that are not yet STOPPED. */
  readonly tasks: Set<TaskRecord>;
  behavior: PullBehavior;
  status: 'ACTIVE' | 'DRAINING';
  agentConnected: boolean;
}

export function createEstate(): Estate {
  return {
    clusters: new Map(),
    taskDefinitions: new Map(),
    services: new Map(),
    tasks: new Map(),
    instances: new Map(),
    tags: new Map(),
  };
}
