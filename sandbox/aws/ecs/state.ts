import type { WireObject } from '../operation.ts';
import type { ImageCache } from './agent/image-cache.ts';
import type { ServiceRecord } from './service-record.ts';
import type { TaskRecord } from './task-record.ts';

export type * from './service-record.ts';
export type * from './task-record.ts';

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

/** An empty account and region. */
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
