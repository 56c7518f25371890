import type { Operation, WireObject } from '../../operation.ts';
import { lastPart } from '../arns.ts';
import { invalidParameter } from '../faults.ts';
import { readText, readTexts } from '../input.ts';
import { pageOf } from '../pages.ts';
import { countTasks } from '../scheduler/counts.ts';
import { type Remaining, remainingOn } from '../scheduler/placement.ts';
import type { Estate, InstanceRecord } from '../state.ts';
import { seconds } from '../wire/times.ts';
import type { EcsContext } from './context.ts';
import { findCluster } from './find.ts';

/** ListContainerInstances, DescribeContainerInstances (at most 100). */
export function containerInstanceOperations({ world, maxPage }: EcsContext): Record<string, Operation> {
  const { estate, arns } = world;
  return {
    ListContainerInstances(input) {
      const status = readText(input, 'status');
      if (readText(input, 'filter') !== undefined)
        throw invalidParameter('The filter is not in this stand-in.');
      const found = instancesOf(estate, input).filter((one) => status === undefined || one.status === status);
      const sizes = { usual: 100, most: 100, forced: maxPage() };
      return pageOf(
        found.map(({ arn }) => arn),
        'containerInstanceArns',
        input,
        sizes,
      );
    },
    DescribeContainerInstances(input) {
      const cluster = findCluster(estate, input);
      const ids = readTexts(input, 'containerInstances').map(lastPart);
      if (ids.length > 100) throw invalidParameter('Container instances cannot be more than 100.');
      const known = new Map(instancesOf(estate, input).map((instance) => [lastPart(instance.arn), instance]));
      return {
        containerInstances: ids.flatMap((id) => {
          const instance = known.get(id);
          return instance === undefined ? [] : [describeInstance(instance)];
        }),
        failures: ids
          .filter((id) => !known.has(id))
          .map((id) => ({ arn: arns.instance(cluster.name, id), reason: 'MISSING' })),
      };
    },
  };
}

function instancesOf(estate: Estate, input: WireObject): InstanceRecord[] {
  const cluster = findCluster(estate, input);
  return [...estate.instances.values()].filter((instance) => instance.cluster === cluster);
}

function describeInstance(instance: InstanceRecord): WireObject {
  const counts = countTasks(instance.tasks);
  return {
    containerInstanceArn: instance.arn,
    ec2InstanceId: instance.ec2InstanceId,
    version: 1,
    versionInfo: { agentVersion: '1.106.1', agentHash: '00000000', dockerVersion: 'DockerVersion: 25.0.16' },
    remainingResources: describeResources(remainingOn(instance)),
    registeredResources: describeResources(instance),
    status: instance.status,
    agentConnected: instance.agentConnected,
    runningTasksCount: counts.running,
    pendingTasksCount: counts.pending,
    attributes: [{ name: 'ecs.instance-type', value: 'm6i.large' }],
    registeredAt: seconds(instance.registeredAt),
    attachments: [],
    tags: [],
  };
}

const describeResources = ({ cpu, memory }: Remaining): WireObject[] => [
  { name: 'CPU', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: cpu },
  { name: 'MEMORY', type: 'INTEGER', doubleValue: 0, longValue: 0, integerValue: memory },
];
