import type { WireObject } from '../operation.ts';
import type { ClusterRecord, LaunchType, TaskDefinitionRecord, TaskRecord } from './state.ts';

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
