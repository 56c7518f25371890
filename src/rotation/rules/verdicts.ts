/** From tasks as seen to a verdict, by the rules of docs/architecture.md, Evidence. Never claims more than they allow. */
import type { PrivateImage, PullTrouble, ServiceConsumer, UnprovenBecause, Verdict } from './consumer.ts';
import { repositoryOf } from './plan.ts';
import type { ContainerSight, TaskSight } from './sight.ts';

/** What the diagnosis says of a reason; undefined where it is no pull failure. */
export type Diagnose = (reason: string) => Diagnosis | undefined;

export interface Diagnosis {
  readonly class: string;
  readonly credentialTrouble: boolean;
  readonly quoted: string;
  /** The image repository the text names, without registry and tag, where it names one. */
  readonly repository?: string;
}

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
  const crash = tasks.find((task) => hasCrashed(task, service.images, diagnose));
  if (crash) return crashVerdict(crash);
  if (isProved(service.images, own))
    return { is: 'pulled', provedBy: proofs.length, tasks: own.length, ...hostsOf(proofs) };
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
  if (isStarting(task)) return [];
  const concerned = concernedIn(task, images);
  const texts = concerned.map((container) => ({ container, reason: container.reason }));
  const blamed = whomItBlames(task, concerned, diagnose);
  if (blamed) texts.push({ container: blamed, reason: task.stoppedReason });
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

/** Whether it will run an old copy or stop is not decided yet: a reason may stand on it all the same. */
function isStarting({ lastStatus, desiredStatus }: TaskSight): boolean {
  return desiredStatus === 'RUNNING' && ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(lastStatus);
}

function concernedIn(task: TaskSight, images: readonly PrivateImage[]): ContainerSight[] {
  return task.containers.filter(({ name }) => images.some((image) => image.container === name));
}

/** The task's own reason may tell of an image that another login pulls: no trouble of ours. */
function whomItBlames(
  task: TaskSight,
  concerned: readonly ContainerSight[],
  diagnose: Diagnose,
): ContainerSight | undefined {
  const named = diagnose(task.stoppedReason ?? '')?.repository;
  if (named !== undefined) return concerned.find(({ image }) => isOf(named, image));
  const othersFailed = task.containers.some((c) => !concerned.includes(c) && c.reason && diagnose(c.reason));
  return othersFailed ? undefined : concerned[0];
}

/** Texts name a repository with or without its registry, and Docker Hub's in two ways. */
function isOf(named: string, image: string): boolean {
  const repository = repositoryOf(image);
  return repository === named || repository.endsWith(`/${named}`) || named.endsWith(`/${repository}`);
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

function hostsOf(proofs: readonly TaskSight[]): { hosts?: readonly string[] } {
  const hosts = [...new Set(proofs.flatMap(({ host }) => host ?? []))];
  return hosts.length > 0 ? { hosts } : {};
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
function hasCrashed(task: TaskSight, images: readonly PrivateImage[], diagnose: Diagnose): boolean {
  const ranAndEnded = task.stopCode === 'EssentialContainerExited' && task.startedAt !== undefined;
  const reasons = concernedIn(task, images).flatMap(({ reason }) => reason ?? []);
  // A container that was killed has a reason too, such as OutOfMemoryError.
  return ranAndEnded && reasons.every((reason) => diagnose(reason) === undefined);
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
