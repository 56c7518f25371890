import type { ContainerInstance } from '@aws-sdk/client-ecs';
import type { ServiceConsumer } from '../rotation/rules/consumer.ts';
import type { Definitions, Needs } from './definition.ts';
import type { EcsTarget } from './ecs-target.ts';
import { readActiveInstances } from './reads/instances.ts';

/**
 * Whether some instance has what one more task takes: CPU, memory, fixed ports. Placement constraints and capacity
 * providers that would add an instance are not looked at. Undefined where the service has no instances to look at.
 */
export async function hasRoomFor(
  target: EcsTarget,
  definitions: Definitions,
  service: ServiceConsumer,
): Promise<boolean | undefined> {
  if (service.launchType === 'FARGATE') return undefined;
  const definition = await definitions(service.taskDefinition);
  if (!definition) return undefined;
  const instances = await readActiveInstances(target, service.clusterArn);
  return instances.some((instance) => instance.agentConnected !== false && fits(instance, definition.needs));
}

function fits({ remainingResources = [] }: ContainerInstance, { cpu, memory, ports }: Needs): boolean {
  const left = (name: string) =>
    remainingResources.find((resource) => resource.name === name)?.integerValue ?? 0;
  // PORTS names those that are taken, though it stands among what remains (docs: DescribeContainerInstances).
  const taken = remainingResources.find(({ name }) => name === 'PORTS')?.stringSetValue ?? [];
  return (
    left('CPU') >= cpu && left('MEMORY') >= memory && !ports.some((port) => taken.includes(String(port)))
  );
}
