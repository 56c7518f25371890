import type { Operation, WireObject } from '../../operation.ts';
import { lastPart } from '../arns.ts';
import { readText, readTexts } from '../input.ts';
import { pageOf } from '../pages.ts';
import { countTasks } from '../scheduler/counts.ts';
import type { ClusterRecord, Estate } from '../state.ts';
import type { EcsContext } from './context.ts';
import { readTags } from './tags.ts';

/** CreateCluster, DescribeClusters, ListClusters. */
export function clusterOperations({ world, maxPage }: EcsContext): Record<string, Operation> {
  const { estate, arns } = world;
  return {
    CreateCluster(input) {
      const name = readText(input, 'clusterName') ?? 'default';
      const cluster = estate.clusters.get(name) ?? { name, arn: arns.cluster(name) };
      estate.clusters.set(name, cluster);
      estate.tags.set(cluster.arn, readTags(input));
      return { cluster: describeCluster(estate, cluster, true) };
    },
    DescribeClusters(input) {
      const asked = readTexts(input, 'clusters');
      const names = asked.length === 0 ? ['default'] : asked;
      const withTags = readTexts(input, 'include').includes('TAGS');
      const found = names.map((name) => estate.clusters.get(lastPart(name)));
      return {
        clusters: found.flatMap((one) => (one === undefined ? [] : [describeCluster(estate, one, withTags)])),
        failures: names
          .filter((_, index) => found[index] === undefined)
          .map((name) => ({ arn: arns.cluster(lastPart(name)), reason: 'MISSING' })),
      };
    },
    ListClusters(input) {
      const all = [...estate.clusters.values()].map(({ arn }) => arn);
      return pageOf(all, 'clusterArns', input, { usual: 100, most: 100, forced: maxPage() });
    },
  };
}

function describeCluster(estate: Estate, cluster: ClusterRecord, withTags: boolean): WireObject {
  const tasks = [...estate.tasks.values()].filter((task) => task.cluster === cluster);
  const counts = countTasks(tasks);
  const instances = [...estate.instances.values()].filter((instance) => instance.cluster === cluster);
  const services = [...estate.services.values()].filter((service) => service.cluster === cluster);
  return {
    clusterArn: cluster.arn,
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: instances.length,
    runningTasksCount: counts.running,
    pendingTasksCount: counts.pending,
    activeServicesCount: services.length,
    statistics: [],
    tags: withTags ? (estate.tags.get(cluster.arn) ?? []) : [],
    settings: [{ name: 'containerInsights', value: 'disabled' }],
    capacityProviders: [],
    defaultCapacityProviderStrategy: [],
  };
}
