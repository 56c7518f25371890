import {
  type ContainerInstance,
  DescribeContainerInstancesCommand,
  ListContainerInstancesCommand,
} from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../ecs-target.ts';
import { describeEach, everyPage } from './pages.ts';

export function describeInstances(
  { client, ask }: EcsTarget,
  cluster: string,
  arns: readonly string[],
): Promise<ContainerInstance[]> {
  return describeEach('ecs:DescribeContainerInstances', 100, arns, async (containerInstances) => {
    const command = new DescribeContainerInstancesCommand({ cluster, containerInstances });
    const answer = await ask('cluster-resource-read', 'DescribeContainerInstances', cluster, () =>
      client.send(command),
    );
    return { found: answer.containerInstances, failures: answer.failures };
  });
}

/** Instances that take tasks: neither draining nor being registered. */
export async function readActiveInstances(target: EcsTarget, cluster: string): Promise<ContainerInstance[]> {
  const { client, ask } = target;
  const arns = await everyPage(async (nextToken) => {
    const command = new ListContainerInstancesCommand({ cluster, status: 'ACTIVE', nextToken });
    const page = await ask('cluster-resource-read', 'ListContainerInstances', cluster, () =>
      client.send(command),
    );
    return { items: page.containerInstanceArns, next: page.nextToken };
  });
  return describeInstances(target, cluster, arns);
}
