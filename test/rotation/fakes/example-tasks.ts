import type { PrivateImage } from '../../../src/rotation/rules/consumer.ts';
import type { ContainerSight, TaskSight } from '../../../src/rotation/rules/sight.ts';
import { imageOf, prodSecret } from './example-consumers.ts';
import { now } from './example-rotation.ts';
import { reasons } from './reasons.ts';

/** The deployment that is followed. */
export const own = 'ecs-svc/2';
export const web = imageOf('web');

export function privateImages(...images: string[]): PrivateImage[] {
  return images.map((image, at) => ({
    container: at === 0 ? 'app' : `c${at}`,
    image,
    credentialId: prodSecret,
  }));
}

export function container(parts: Partial<ContainerSight> = {}): ContainerSight {
  return { name: 'app', image: web, lastStatus: 'RUNNING', ...parts };
}

/** A task of the followed deployment that runs, as its launch type shows it. */
export function task(launchType: TaskSight['launchType'], parts: Partial<TaskSight> = {}): TaskSight {
  return {
    arn: 'arn:aws:ecs:eu-west-1:111122223333:task/prod/3f2a',
    startedBy: own,
    launchType,
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    createdAt: now,
    startedAt: now + 20_000,
    ...(launchType === 'FARGATE' ? {} : { pullStartedAt: now + 10_000, host: 'i-0a1' }),
    containers: [container()],
    ...parts,
  };
}

/** A task that never ran. */
export function stopped(
  launchType: TaskSight['launchType'],
  reason: string,
  parts: Partial<TaskSight> = {},
): TaskSight {
  const containers = [container({ lastStatus: 'STOPPED', reason })];
  return {
    ...task(launchType, {
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      containers,
    }),
    startedAt: undefined,
    ...parts,
  };
}

export function crashed(parts: Partial<ContainerSight>): TaskSight {
  const containers = [container({ lastStatus: 'STOPPED', ...parts })];
  const exit = { stopCode: 'EssentialContainerExited', stoppedReason: reasons.crash } as const;
  return task('FARGATE', { lastStatus: 'STOPPED', desiredStatus: 'STOPPED', ...exit, containers });
}
