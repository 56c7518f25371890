import type { Operation, WireObject } from '../../operation.ts';
import { invalidParameter } from '../faults.ts';
import { pick, readNumber, readObject, readObjects, readText } from '../input.ts';
import { beginDeployment } from '../scheduler/deployments.ts';
import type { ClusterRecord, LaunchType, ServiceRecord } from '../state.ts';
import { describeService } from '../wire/service.ts';
import { readConfiguration } from './configuration.ts';
import type { EcsContext } from './context.ts';
import { findCluster, findTaskDefinition, lookUpService } from './find.ts';
import { readTags } from './tags.ts';

/** Members of CreateService and UpdateService that a service shows again. */
export const KEPT = [
  'loadBalancers',
  'serviceRegistries',
  'capacityProviderStrategy',
  'platformVersion',
  'networkConfiguration',
  'placementConstraints',
  'placementStrategy',
  'healthCheckGracePeriodSeconds',
  'enableECSManagedTags',
  'propagateTags',
  'enableExecuteCommand',
  'availabilityZoneRebalancing',
];

/** CreateService. An EXTERNAL service gets no deployment: its task sets are not in this stand-in. */
export function createServiceOperation(context: EcsContext): Operation {
  const { world, scheduler } = context;
  return (input) => {
    const cluster = findCluster(world.estate, input);
    const name = readText(input, 'serviceName') ?? '';
    if (lookUpService(world.estate, cluster, name) !== undefined) {
      throw invalidParameter('Creation of service was not idempotent.');
    }
    const service = newService(context, input, cluster, name);
    if (service.controller !== 'EXTERNAL') {
      beginDeployment(
        world,
        service,
        findTaskDefinition(world.estate, readText(input, 'taskDefinition') ?? ''),
      );
    }
    world.estate.services.set(service.arn, service);
    world.estate.tags.set(service.arn, readTags(input));
    scheduler.wake(service);
    return { service: describeService(service) };
  };
}

function newService(
  { world }: EcsContext,
  input: WireObject,
  cluster: ClusterRecord,
  name: string,
): ServiceRecord {
  const strategy = readText(input, 'schedulingStrategy') === 'DAEMON' ? 'DAEMON' : 'REPLICA';
  const launch = readLaunch(input);
  if (strategy === 'DAEMON' && launch === 'FARGATE') {
    throw invalidParameter('The daemon scheduling strategy is not supported for the Fargate launch type.');
  }
  return {
    arn: world.arns.service(cluster.name, name),
    name,
    cluster,
    createdAt: world.timers.now(),
    launch,
    strategy,
    controller: readController(input),
    kept: pick(input, KEPT),
    desiredCount: readNumber(input, 'desiredCount') ?? 0,
    configuration: readConfiguration(input, strategy),
    deployments: [],
    serviceDeployments: [],
    events: [],
    tasks: new Set(),
    lastCompleted: undefined,
    versionConsistency: true,
    steady: false,
  };
}

/** The launch type, or the kind of the first capacity provider; EC2 where neither is named. */
export function readLaunch(input: WireObject): LaunchType {
  const [provider] = readObjects(input, 'capacityProviderStrategy');
  const named = readText(provider ?? {}, 'capacityProvider') ?? readText(input, 'launchType');
  return named?.startsWith('FARGATE') === true ? 'FARGATE' : 'EC2';
}

function readController(input: WireObject): ServiceRecord['controller'] {
  const type = readText(readObject(input, 'deploymentController') ?? {}, 'type');
  return type === 'CODE_DEPLOY' || type === 'EXTERNAL' ? type : 'ECS';
}
