import {
  DescribeServicesCommand,
  ListClustersCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  type Service,
  type ServiceDeploymentBrief,
} from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../ecs-target.ts';
import { describeEach, everyPage } from './pages.ts';

export function listClusters({ id, client, ask }: EcsTarget): Promise<string[]> {
  return everyPage(async (nextToken) => {
    const command = new ListClustersCommand({ nextToken, maxResults: 100 });
    const page = await ask('cluster-read', 'ListClusters', id, () => client.send(command));
    return { items: page.clusterArns, next: page.nextToken };
  });
}

/** ARNs of a cluster's services, 100 a page instead of the usual 10. */
export function listServices({ client, ask }: EcsTarget, cluster: string): Promise<string[]> {
  return everyPage(async (nextToken) => {
    const command = new ListServicesCommand({ cluster, nextToken, maxResults: 100 });
    const page = await ask('service-read', 'ListServices', cluster, () => client.send(command));
    return { items: page.serviceArns, next: page.nextToken };
  });
}

/** The ACTIVE ones among these services of one cluster; one that was deleted stays INACTIVE for a while. */
export async function describeServices(
  { client, ask }: EcsTarget,
  cluster: string,
  arns: readonly string[],
): Promise<Service[]> {
  const found = await describeEach('ecs:DescribeServices', 10, arns, async (services) => {
    const command = new DescribeServicesCommand({ cluster, services });
    const answer = await ask('service-read', 'DescribeServices', cluster, () => client.send(command));
    return { found: answer.services, failures: answer.failures };
  });
  return found.filter(({ status }) => status === 'ACTIVE');
}

/** Service deployments created after a time. */
export function listServiceDeployments(
  { client, ask }: EcsTarget,
  { cluster, service }: { readonly cluster: string; readonly service: string },
  after: Date,
): Promise<ServiceDeploymentBrief[]> {
  return everyPage(async (nextToken) => {
    const input = { cluster, service, createdAt: { after }, nextToken, maxResults: 100 };
    const command = new ListServiceDeploymentsCommand(input);
    const page = await ask('service-deployment', 'ListServiceDeployments', service, () =>
      client.send(command),
    );
    return { items: page.serviceDeployments, next: page.nextToken };
  });
}
