import type { Operation, WireObject } from '../../operation.ts';
import { invalidParameter } from '../faults.ts';
import { pick, readFlag, readNumber, readText } from '../input.ts';
import { beginDeployment } from '../scheduler/deployments.ts';
import type { ServiceRecord, TaskDefinitionRecord } from '../state.ts';
import { describeService } from '../wire/service.ts';
import { readConfiguration } from './configuration.ts';
import type { EcsContext } from './context.ts';
import { KEPT } from './create-service.ts';
import { findService, findTaskDefinition } from './find.ts';

/** Members whose change is rolled out by a new deployment, as ECS does. */
const ROLLED_OUT = [
  'loadBalancers',
  'serviceRegistries',
  'capacityProviderStrategy',
  'platformVersion',
  'networkConfiguration',
];

/**
 * UpdateService. Forcing, or another task definition, opens a deployment at once; deploymentConfiguration and
 * desiredCount are saved and by themselves start none.
 */
export function updateServiceOperation({ world, scheduler }: EcsContext): Operation {
  return (input) => {
    const service = findService(world.estate, input);
    refuseForeignDeployment(service, input);
    const reference = readText(input, 'taskDefinition');
    const named = reference === undefined ? undefined : findTaskDefinition(world.estate, reference);
    service.configuration = readConfiguration(input, service.strategy, service.configuration);
    service.desiredCount = readDesired(service, input) ?? service.desiredCount;
    service.kept = { ...service.kept, ...pick(input, KEPT) };
    const next = chooseDeployment(service, input, named);
    if (next !== undefined) beginDeployment(world, service, next);
    scheduler.wake(service);
    return { service: describeService(service) };
  };
}

function refuseForeignDeployment(service: ServiceRecord, input: WireObject): void {
  if (service.controller === 'ECS') return;
  const why = `on services with a ${service.controller} deployment controller.`;
  const hint = service.controller === 'CODE_DEPLOY' ? ' Use AWS CodeDeploy to trigger a new deployment.' : '';
  if (readFlag(input, 'forceNewDeployment') === true) {
    throw invalidParameter(`Cannot force a new deployment ${why}${hint}`);
  }
  if (readText(input, 'taskDefinition') !== undefined) {
    throw invalidParameter(`Unable to update task definition ${why}${hint}`);
  }
}

function readDesired(service: ServiceRecord, input: WireObject): number | undefined {
  const desired = readNumber(input, 'desiredCount');
  if (desired !== undefined && service.strategy === 'DAEMON') {
    throw invalidParameter(
      'The desired count cannot be set for a service with the DAEMON scheduling strategy.',
    );
  }
  return desired;
}

/** The task definition to roll out, where this request rolls anything out. */
function chooseDeployment(
  service: ServiceRecord,
  input: WireObject,
  named: TaskDefinitionRecord | undefined,
): TaskDefinitionRecord | undefined {
  const [primary] = service.deployments;
  const now = primary?.revision.taskDefinition;
  const forced = readFlag(input, 'forceNewDeployment') === true;
  const changed = ROLLED_OUT.some((member) => input[member] !== undefined);
  if (forced || changed) return named ?? now;
  return named !== now ? named : undefined;
}
