import type { EcsTarget } from './ecs-target.ts';
import { describeInstances } from './reads/instances.ts';

/** EC2 instance ids by container instance ARN, of those that could be found. */
export type Hosts = (cluster: string, instances: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** An instance keeps its id for life, so each is asked for once. */
export function createHosts(target: EcsTarget): Hosts {
  const known = new Map<string, string>();
  return async (cluster, instances) => {
    const unknown = [...new Set(instances)].filter((arn) => !known.has(arn));
    for (const { containerInstanceArn, ec2InstanceId } of await describeInstances(target, cluster, unknown)) {
      if (containerInstanceArn && ec2InstanceId) known.set(containerInstanceArn, ec2InstanceId);
    }
    return known;
  };
}
