import type { Clock } from '../../src/clock.ts';

/** How often AWS lets a group of operations be called, per account and region. */
interface RateGroup {
  readonly service: string;
  readonly burst: number;
  readonly perSecond: number;
  readonly operations: readonly string[];
}

/**
 * Amazon ECS: "Request throttling for the Amazon ECS API". Secrets Manager: its quotas page, which names
 * rates only, so a second's worth stands for the burst. Operations in no group are not limited.
 */
const rateGroups: readonly RateGroup[] = [
  ecsGroup(100, 20, ['ListTasks', 'DescribeTasks', 'ListContainerInstances', 'DescribeContainerInstances']),
  ecsGroup(100, 20, ['ListServices', 'DescribeServices']),
  ecsGroup(50, 5, ['CreateService', 'UpdateService', 'DeleteService']),
  ecsGroup(50, 20, ['ListServiceDeployments', 'DescribeServiceDeployments', 'StopServiceDeployment']),
  ecsGroup(50, 20, ['DescribeServiceRevisions']),
  ecsGroup(50, 20, ['DescribeTaskDefinition', 'ListTaskDefinitions', 'ListTaskDefinitionFamilies']),
  ecsGroup(20, 1, ['RegisterTaskDefinition', 'DeregisterTaskDefinition']),
  ecsGroup(50, 20, ['ListClusters', 'DescribeClusters']),
  ecsGroup(100, 40, ['RunTask', 'StopTask', 'UpdateContainerInstancesState']),
  ecsGroup(50, 20, ['ListTagsForResource']),
  secretsGroup(50, ['PutSecretValue', 'UpdateSecret', 'UpdateSecretVersionStage', 'CreateSecret']),
  secretsGroup(100, ['ListSecrets', 'ListSecretVersionIds']),
  secretsGroup(100, ['BatchGetSecretValue']),
];

export interface RateLimits {
  /** Takes one token. False where the group's bucket is empty: the request is to be throttled. */
  take(service: string, operation: string): boolean;
  /** Fills every bucket to the brim. */
  refill(): void;
}

/** Token buckets on the sandbox's clock. */
export function createRateLimits(clock: Clock): RateLimits {
  const buckets = new Map<RateGroup, { tokens: number; at: number }>();
  return {
    take(service, operation) {
      const group = rateGroups.find((one) => one.service === service && one.operations.includes(operation));
      if (!group) return true;
      const now = clock.now();
      const bucket = buckets.get(group) ?? { tokens: group.burst, at: now };
      const refilled = Math.min(group.burst, bucket.tokens + ((now - bucket.at) / 1000) * group.perSecond);
      const allowed = refilled >= 1;
      buckets.set(group, { tokens: allowed ? refilled - 1 : refilled, at: now });
      return allowed;
    },
    refill: () => buckets.clear(),
  };
}

function ecsGroup(burst: number, perSecond: number, operations: readonly string[]): RateGroup {
  return { service: 'ecs', burst, perSecond, operations };
}

function secretsGroup(perSecond: number, operations: readonly string[]): RateGroup {
  return { service: 'secretsmanager', burst: perSecond, perSecond, operations };
}
