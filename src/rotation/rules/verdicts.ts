/** From tasks as seen to a verdict, by the rules of docs/architecture.md, Evidence. Never claims more than they allow. */
import type { PrivateImage, PullTrouble, ServiceConsumer, UnprovenBecause, Verdict } from './consumer.ts';
import type { ContainerSight, TaskSight } from './sight.ts';

/** What the diagnosis says of a reason; undefined where it is no pull failure. */
export type Diagnose = (
  reason: string,
) => { readonly class: string; readonly credentialTrouble: boolean; readonly quoted: string } | undefined;

export interface Evidence {
  readonly service: ServiceConsumer;
  /** The deployment that is followed; its tasks may prove. */
  readonly deploymentId: string;
  /** Every task of the service created after the new login had settled, of whichever deployment. */
  readonly tasks: readonly TaskSight[];
}

/** The verdict on a service. Trouble of any task counts; proof only from tasks of the followed deployment. */
export function judge(evidence: Evidence, diagnose: Diagnose): Verdict {
  const { service, deploymentId, tasks } = evidence;
  const troubles = tasks.flatMap((task) => troublesOf(task, service.images, diagnose));
  const own = tasks.filter((task) => task.startedBy === deploymentId);
  const credential = troubles.find(({ isLogin }) => isLogin);
  if (credential)
    return { is: credential.running ? 'stale' : 'denied', trouble: credential.trouble, tasks: own.length };
  const proofs = own.filter((task) => service.images.some((image) => proves(task, image, service.images)));
  const crash = tasks.find((task) => hasCrashed(task, service.images));
  if (crash) return crashVerdict(crash);
  if (isProved(service.images, own)) return { is: 'pulled', provedBy: proofs.length, tasks: own.length };
  const failure = troubles.find(({ running }) => !running);
  if (failure) return { is: 'failed', trouble: failure.trouble, tasks: own.length };
  return { is: 'unproven', because: whyUnproven(service, own, troubles.length > 0) };
}

/** Whether watching longer can add nothing: it is proved, or steady with tasks that will never prove. */
export function isFinal(verdict: Verdict): boolean {
  return verdict.is === 'pulled' || verdict.is === 'unproven';
}

/** Whether the verdict stops the rollout. */
export function isTrouble(verdict: Verdict): boolean {
  return verdict.is !== 'pulled' && verdict.is !== 'unproven';
}

interface Found {
  readonly trouble: PullTrouble;
  /** Credential trouble, or a text that leaves it open and is decided by an attempt of our own. */
  readonly isLogin: boolean;
  readonly running: boolean;
}

function troublesOf(task: TaskSight, images: readonly PrivateImage[], diagnose: Diagnose): Found[] {
  const concerned = task.containers.filter(({ name }) => images.some((image) => image.container === name));
  const texts = concerned.map((container) => ({ container, reason: container.reason }));
  const first = concerned[0];
  if (first && task.stoppedReason) texts.push({ container: first, reason: task.stoppedReason });
  return texts.flatMap(({ container, reason }) => {
    const failure = reason ? diagnose(reason) : undefined;
    if (!failure) return [];
    return [
      {
        trouble: describe(task, container, failure.class, failure.quoted),
        isLogin: failure.credentialTrouble || failure.class === 'unknown_pull',
        running: task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING',
      },
    ];
  });
}

function describe(task: TaskSight, container: ContainerSight, cause: string, reason: string): PullTrouble {
  return {
    taskId: task.arn.split('/').at(-1) ?? task.arn,
    container: container.name,
    image: container.image,
    cause,
    reason,
    ...(task.host ? { host: task.host } : {}),
    at: task.createdAt,
  };
}

function isProved(images: readonly PrivateImage[], own: readonly TaskSight[]): boolean {
  return images.every((image) => own.some((task) => proves(task, image, images)));
}

/** (a) Fargate past its pull; (b) EC2 with a tag, no digest given to the task, a pull begun, one such container. */
function proves(task: TaskSight, image: PrivateImage, images: readonly PrivateImage[]): boolean {
  const container = task.containers.find(({ name }) => name === image.container);
  if (!container || container.reason || !isPastPull(task)) return false;
  if (task.launchType === 'FARGATE') return true;
  if (image.image.includes('@') || container.image.includes('@')) return false;
  return task.pullStartedAt !== undefined && images.length === 1;
}

function isPastPull(task: TaskSight): boolean {
  return task.startedAt !== undefined || task.lastStatus === 'RUNNING';
}

/** It ran, and then ended by itself: the image was there, so the login is not to blame. */
function hasCrashed(task: TaskSight, images: readonly PrivateImage[]): boolean {
  const ranAndEnded = task.stopCode === 'EssentialContainerExited' && task.startedAt !== undefined;
  return (
    ranAndEnded && images.every((image) => !task.containers.find((c) => c.name === image.container)?.reason)
  );
}

function crashVerdict(task: TaskSight): Verdict {
  const exitCode = task.containers.find((container) => container.exitCode !== undefined)?.exitCode;
  return {
    is: 'crashed',
    taskId: task.arn.split('/').at(-1) ?? task.arn,
    reason: task.stoppedReason ?? '',
    ...(exitCode === undefined ? {} : { exitCode }),
  };
}

function whyUnproven(
  service: ServiceConsumer,
  own: readonly TaskSight[],
  hadTrouble: boolean,
): UnprovenBecause {
  if (hadTrouble) return 'freshness';
  if (own.length === 0) return 'no-tasks';
  if (!own.some(isPastPull)) return 'never-placed';
  const pinned = service.launchType !== 'FARGATE' && service.images.some(({ image }) => image.includes('@'));
  return pinned ? 'pinned-may-be-cached' : 'registry-not-asked';
}
