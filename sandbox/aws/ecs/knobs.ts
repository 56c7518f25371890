import { createImageCache } from './agent/image-cache.ts';
import { lastPart } from './arns.ts';
import type { EcsEventListener, EventOutlet } from './events/emit.ts';
import { hexId } from './ids.ts';
import type { EcsContext } from './operations/context.ts';
import { findCluster, findService } from './operations/find.ts';
import type {
  Estate,
  InstanceRecord,
  PullBehavior,
  ServiceEventRecord,
  ServiceRecord,
  TaskRecord,
} from './state.ts';
import type { TaskBehavior } from './world.ts';

export interface NewInstance {
  /** The cluster's name or ARN; it must exist. */
  readonly cluster: string;
  /** A made-up one where absent. */
  readonly ec2InstanceId?: string;
  /** CPU units and MiB; by default 2048 and 7763, as an m6i.large registers. */
  readonly cpu?: number;
  readonly memory?: number;
  /** ECS_IMAGE_PULL_BEHAVIOR; `default` where absent. */
  readonly behavior?: PullBehavior;
}

/** The programmatic side, for seeds, "break it" knobs and scenarios. Instances go by ARN, id or EC2 id. */
export interface EcsKnobs {
  /** Registers a container instance and returns its ARN. Services that could not be placed try again. */
  addInstance(instance: NewInstance): string;
  setPullBehavior(instance: string, behavior: PullBehavior): void;
  /** DRAINING or with a lost agent, an instance gets no new tasks; those it has run on. */
  setInstance(instance: string, change: Partial<Pick<InstanceRecord, 'status' | 'agentConnected'>>): void;
  /**
   * Removes local images whose full name (`ghcr.io/acme/api:1`) begins with `prefix`, on one instance or all.
   * Returns how many references went.
   */
  evictImages(instance?: string, prefix?: string): number;
  /** Whether later tasks of a deployment carry the digest its first ones found; on for a new service. */
  setVersionConsistency(cluster: string, service: string, on: boolean): void;
  /** What later starts of a service (name or ARN) or family do of themselves; undefined takes it back. */
  setTaskBehavior(serviceOrFamily: string, behavior: TaskBehavior | undefined): void;
  /** Forces every List operation to pages of at most this many. */
  setMaxPage(items: number): void;
  onEvent(listener: EcsEventListener): () => void;
  /** The events of a service, newest first. */
  events(cluster: string, service: string): readonly ServiceEventRecord[];
  tasks(): readonly TaskRecord[];
  services(): readonly ServiceRecord[];
  /** Everything there is, to look at. */
  state(): Estate;
}

/** The knobs of an estate. They throw where what they name is not there. */
export function createKnobs(
  { world, scheduler }: EcsContext,
  outlet: EventOutlet,
): Omit<EcsKnobs, 'setMaxPage'> {
  const { estate } = world;
  const instanceOf = (id: string): InstanceRecord => findInstance(estate, id);
  const wakeCluster = ({ cluster }: InstanceRecord): void => {
    for (const service of estate.services.values()) {
      if (service.cluster === cluster) scheduler.wake(service);
    }
  };
  return {
    addInstance(options) {
      const instance = newInstance(world, options);
      estate.instances.set(instance.arn, instance);
      wakeCluster(instance);
      return instance.arn;
    },
    setPullBehavior(id, behavior) {
      instanceOf(id).behavior = behavior;
    },
    setInstance(id, change) {
      const instance = Object.assign(instanceOf(id), change);
      wakeCluster(instance);
    },
    evictImages(id, prefix) {
      const instances = id === undefined ? [...estate.instances.values()] : [instanceOf(id)];
      return instances.reduce((gone, { cache }) => gone + cache.evict(prefix), 0);
    },
    setVersionConsistency(cluster, service, on) {
      findService(estate, { cluster, service }).versionConsistency = on;
    },
    setTaskBehavior: (name, behavior) => world.behaviors.set(name, behavior),
    onEvent: outlet.listen,
    events: (cluster, service) => findService(estate, { cluster, service }).events,
    tasks: () => [...estate.tasks.values()],
    services: () => [...estate.services.values()],
    state: () => estate,
  };
}

function findInstance(estate: Estate, id: string): InstanceRecord {
  const found = [...estate.instances.values()].find(
    ({ arn, ec2InstanceId }) => arn === id || lastPart(arn) === id || ec2InstanceId === id,
  );
  if (found === undefined) throw new Error(`No container instance ${id}`);
  return found;
}

function newInstance({ estate, arns, timers }: EcsContext['world'], options: NewInstance): InstanceRecord {
  const cluster = findCluster(estate, { cluster: options.cluster });
  return {
    arn: arns.instance(cluster.name, hexId()),
    cluster,
    ec2InstanceId: options.ec2InstanceId ?? `i-0${hexId().slice(0, 16)}`,
    cpu: options.cpu ?? 2048,
    memory: options.memory ?? 7763,
    registeredAt: timers.now(),
    cache: createImageCache(),
    tasks: new Set(),
    behavior: options.behavior ?? 'default',
    status: 'ACTIVE',
    agentConnected: true,
  };
}
