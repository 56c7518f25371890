import type { Dockerd } from '../pull/dockerd.ts';
import type { Login } from '../pull/token.ts';
import type { EcsSettings } from '../settings.ts';
import type { ContainerRecord, InstanceRecord, TaskRecord } from '../state.ts';
import type { Timers } from '../timers.ts';
import type { ExecutionRole } from './execution-role.ts';
import { mustPull } from './pull-behavior.ts';
import { pullImage, resolveDigest } from './pull-image.ts';
import { keepFirstReason, type OnResolved } from './starter.ts';

export interface Ec2AgentOptions {
  readonly timers: Timers;
  readonly random: () => number;
  readonly settings: EcsSettings;
  readonly dockerd: Dockerd;
  readonly executionRole: ExecutionRole;
  readonly onResolved: OnResolved;
}

/** `fatal`: the pull behaviour forbids going on. `image-missing`: nothing local to run. */
export type Prepared = 'ready' | 'fatal' | 'image-missing';

/** One container's way from its image's name to a local image. */
export interface Preparing {
  readonly options: Ec2AgentOptions;
  readonly task: TaskRecord;
  readonly instance: InstanceRecord;
  readonly container: ContainerRecord;
  readonly login: Login | undefined;
}

/** Looks the digest up, pulls as the instance's behaviour has it, and settles for a local image by default. */
export async function prepareContainer(preparing: Preparing): Promise<Prepared> {
  const { instance, container } = preparing;
  const strict = instance.behavior === 'always' || instance.behavior === 'once';
  const digest = await resolveDigest(preparing);
  if (container.reason !== undefined && strict) return 'fatal';
  if (mustPull(instance, container.image)) {
    const pulled = await pullImage(preparing, digest);
    if (!pulled && strict) return 'fatal';
  }
  const local = instance.cache.find(container.image);
  if (local === undefined) {
    keepFirstReason(
      container,
      `CannotCreateContainerError: Error response from daemon: No such image: ${container.image}`,
    );
    return 'image-missing';
  }
  container.imageDigest = local;
  return 'ready';
}
