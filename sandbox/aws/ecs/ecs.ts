import type { Clock } from '../../../src/clock.ts';
import type { AwsService, RegistryLocator } from '../operation.ts';
import { createEc2Agent } from './agent/ec2-agent.ts';
import { createExecutionRole, type RoleSecretReader, type SecretAccess } from './agent/execution-role.ts';
import { createFargate } from './agent/fargate.ts';
import type { OnResolved } from './agent/starter.ts';
import { createArns } from './arns.ts';
import { createEventOutlet } from './events/emit.ts';
import { createKnobs, type EcsKnobs } from './knobs.ts';
import { clusterOperations } from './operations/clusters.ts';
import { containerInstanceOperations } from './operations/container-instances.ts';
import type { EcsContext } from './operations/context.ts';
import { serviceDeploymentOperations } from './operations/service-deployments.ts';
import { serviceOperations } from './operations/services.ts';
import { tagOperations } from './operations/tags.ts';
import { taskDefinitionOperations } from './operations/task-definitions.ts';
import { taskOperations } from './operations/tasks.ts';
import { type AskRegistry, createRegistryAsker } from './pull/ask-registry.ts';
import { createContainerd } from './pull/containerd.ts';
import { createDockerd } from './pull/dockerd.ts';
import { withDigest } from './pull/image-name.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { defaultSettings, type EcsSettings } from './settings.ts';
import { createEstate } from './state.ts';
import { createLifecycle } from './tasks/lifecycle.ts';
import { createTimers, type Timers } from './timers.ts';
import { createTaskBehaviors, type World } from './world.ts';

export interface EcsOptions {
  readonly clock: Clock;
  /** Secrets Manager, asked for AWSCURRENT at the moment of each task start, with the execution role's ARN. */
  readonly secrets: RoleSecretReader;
  readonly registry: RegistryLocator;
  readonly account: string;
  readonly region: string;
  readonly settings?: Partial<EcsSettings>;
  /** IAM's word on an execution role that reads a secret; everything is allowed without it. */
  readonly secretAccess?: SecretAccess;
  /** In place of real HTTP to the registry, for tests. */
  readonly ask?: AskRegistry;
  /** In place of Math.random, for tests: the jitter of retries. */
  readonly random?: () => number;
}

/** The ECS half of the AWS stand-in: what the wire sees, and the side for seeds, knobs and scenarios. */
export interface Ecs extends EcsKnobs {
  readonly service: AwsService;
  /** Stops every timer and connection. Nothing changes afterwards. */
  close(): void;
}

/**
 * Builds ECS: an estate in memory, a scheduler that reacts to changes, an EC2 agent and a Fargate that really
 * pull. Not in it: load balancers, blue/green and its kin (they roll), task sets, ports, capacity providers'
 * scaling, overrides, and the agent-level logins of ecs.config.
 */
export function createEcs(options: EcsOptions): Ecs {
  const settings = { ...defaultSettings, ...options.settings };
  const timers = createTimers(options.clock);
  const outlet = createEventOutlet(options.account, options.region, timers);
  const asker = createRegistryAsker(options.registry, settings.registryTimeout);
  const world: World = {
    estate: createEstate(),
    timers,
    settings,
    arns: createArns(options.account, options.region),
    emit: outlet.emit,
    behaviors: createTaskBehaviors(),
    random: options.random ?? Math.random,
  };
  const scheduler = createScheduler(world, () => lifecycle);
  const starters = createStarters(options, world, options.ask ?? asker.ask);
  const lifecycle = createLifecycle({ world, starters, onNews: (task, news) => scheduler.hear(task, news) });
  let maxPage = settings.maxPage;
  const context: EcsContext = { world, scheduler, lifecycle, maxPage: () => maxPage };
  return {
    service: { target: 'AmazonEC2ContainerServiceV20141113', operations: createOperations(context) },
    ...createKnobs(context, outlet),
    setMaxPage(items) {
      maxPage = items;
    },
    close() {
      timers.close();
      asker.close();
    },
  };
}

const createOperations = (context: EcsContext): AwsService['operations'] => ({
  ...clusterOperations(context),
  ...taskDefinitionOperations(context),
  ...serviceOperations(context),
  ...taskOperations(context),
  ...serviceDeploymentOperations(context),
  ...containerInstanceOperations(context),
  ...tagOperations(context),
});

function createStarters(options: EcsOptions, world: World, ask: AskRegistry) {
  const executionRole = createExecutionRole(options.secrets, options.secretAccess ?? (() => 'allowed'));
  const { settings, random } = world;
  const timers: Timers = world.timers;
  const common = { timers, random, settings, executionRole, onResolved: pinImage };
  return {
    EC2: createEc2Agent({ ...common, dockerd: createDockerd(ask) }),
    FARGATE: createFargate({ ...common, pull: createContainerd(ask) }),
  };
}

/** Version consistency: the first digest found for a container is the deployment's from then on. */
const pinImage: OnResolved = ({ revision }, { spec }, digest) => {
  if (revision === undefined || revision.pinned.has(spec.name)) return;
  revision.pinned.set(spec.name, withDigest(spec.image, digest));
};
