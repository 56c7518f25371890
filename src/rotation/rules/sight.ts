/** ECS as it was seen in one poll. Times are milliseconds since the epoch. */

export interface DeploymentSight {
  readonly id: string;
  readonly status: 'PRIMARY' | 'ACTIVE' | 'INACTIVE';
  readonly rollout: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'UNKNOWN';
  readonly createdAt: number;
  readonly running: number;
  readonly pending: number;
  readonly desired: number;
  readonly failedTasks: number;
  readonly taskDefinition: string;
}

export interface ServiceSight {
  /** ARN of the service. */
  readonly arn: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly taskDefinition: string;
  /** The PRIMARY first. */
  readonly deployments: readonly DeploymentSight[];
  /** The newest event's id and text, to notice that something moved. */
  readonly newestEvent?: { readonly id: string; readonly text: string };
  /** Whether the service's last deployment was rolled back by ECS. */
  readonly rolledBack: boolean;
}

export interface ContainerSight {
  readonly name: string;
  /** As the task ran it: with a digest where ECS or the task definition pinned one. */
  readonly image: string;
  readonly digest?: string;
  readonly reason?: string;
  readonly exitCode?: number;
  readonly lastStatus: string;
}

export interface TaskSight {
  readonly arn: string;
  /** The deployment that started it. */
  readonly startedBy: string;
  readonly launchType: 'FARGATE' | 'EC2' | 'EXTERNAL';
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly createdAt: number;
  readonly pullStartedAt?: number;
  readonly pullStoppedAt?: number;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  /** EC2 instance id, where known. */
  readonly host?: string;
  readonly containers: readonly ContainerSight[];
}
