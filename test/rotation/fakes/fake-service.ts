import type { Login } from '../../../src/rotation/ports.ts';
import type { ServiceConsumer } from '../../../src/rotation/rules/consumer.ts';
import type { DeploymentSight, ServiceSight, TaskSight } from '../../../src/rotation/rules/sight.ts';
import { reasons } from './reasons.ts';

/**
 * `cached`: a copy of the image is on the host. `crashes`: exits after its start. `stuck`: never at rest.
 * `breaker`: three failed tasks roll the deployment back.
 */
export type Behaviour = 'normal' | 'cached' | 'crashes' | 'stuck' | 'breaker' | 'unhealthy';

/** What a host pulls with, and what the registry says to it. */
export interface Pulling {
  loginOf(secretId: string): Login | undefined;
  answer(image: string, login: Login | null): string;
}

/** Seconds from the start of a deployment to its tasks, from those to their pull, and until it is at rest. */
const startsAfter = 10_000;
const pullsAfter = 10_000;
const restsAfter = 40_000;
const retriesAfter = 60_000;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One service of the estate: its deployments and tasks as time goes by. */
export class FakeService {
  consumer: ServiceConsumer;
  behaviour: Behaviour = 'normal';
  readonly deployments: Mutable<DeploymentSight>[] = [];
  readonly tasks: Mutable<TaskSight>[] = [];
  /** The reason every pull fails with, whatever the registry says. */
  insists: string | undefined;
  rolledBack = false;
  gone = false;
  #counter = 0;
  readonly #pulling: Pulling;

  constructor(consumer: ServiceConsumer, pulling: Pulling, now: number) {
    this.consumer = consumer;
    this.#pulling = pulling;
    this.deploy(now - 86_400_000, 'COMPLETED');
  }

  /** A new PRIMARY deployment, whoever asks for it. */
  deploy(now: number, rollout: DeploymentSight['rollout'] = 'IN_PROGRESS'): DeploymentSight {
    for (const old of this.deployments) old.status = 'ACTIVE';
    const { desired, taskDefinition } = this.consumer;
    this.#counter += 1;
    const id = `ecs-svc/${this.consumer.name}-${this.#counter}`;
    const running = rollout === 'COMPLETED' ? desired : 0;
    const counts = { running, pending: 0, desired, failedTasks: 0, taskDefinition };
    const created = { id, status: 'PRIMARY', rollout, createdAt: now, ...counts } as const;
    this.deployments.unshift({ ...created });
    if (rollout === 'COMPLETED') this.deployments.splice(1);
    return created;
  }

  /** Lets everything happen that is due. */
  pass(now: number): void {
    const [primary] = this.deployments;
    if (primary?.rollout !== 'IN_PROGRESS') return;
    for (const task of this.tasks) this.#go(task, now);
    this.#startTasks(primary, now);
    this.#count(primary, now);
  }

  sight(now: number): ServiceSight {
    this.pass(now);
    const running = this.deployments.reduce((sum, deployment) => sum + deployment.running, 0);
    const pending = this.deployments.reduce((sum, deployment) => sum + deployment.pending, 0);
    const { arn, desired, taskDefinition } = this.consumer;
    const deployments = this.deployments.map((deployment) => ({ ...deployment }));
    return { arn, desired, running, pending, taskDefinition, deployments, rolledBack: this.rolledBack };
  }

  #startTasks(primary: DeploymentSight, now: number): void {
    if (now < primary.createdAt + startsAfter) return;
    const own = this.tasks.filter((task) => task.startedBy === primary.id);
    const alive = own.filter(({ lastStatus }) => lastStatus !== 'STOPPED').length;
    const lastStop = Math.max(0, ...own.map(({ stoppedAt }) => stoppedAt ?? 0));
    if (lastStop > 0 && now < lastStop + retriesAfter) return;
    for (let n = alive; n < this.consumer.desired; n++) this.#startTask(primary, now);
  }

  #startTask(primary: DeploymentSight, createdAt: number): void {
    this.#counter += 1;
    this.tasks.push({
      arn: `arn:aws:ecs:eu-west-1:111122223333:task/${this.consumer.cluster}/t${this.#counter}`,
      startedBy: primary.id,
      launchType: this.consumer.launchType,
      lastStatus: 'PENDING',
      desiredStatus: 'RUNNING',
      createdAt,
      ...(this.consumer.launchType === 'FARGATE' ? {} : { host: 'i-0a1' }),
      containers: this.consumer.images.map(({ container, image }) => ({
        name: container,
        image,
        lastStatus: 'PENDING',
      })),
    });
  }

  #go(task: Mutable<TaskSight>, now: number): void {
    if (task.lastStatus === 'PENDING' && now >= task.createdAt + pullsAfter) this.#pull(task, now);
    const exits = this.behaviour === 'crashes' && task.startedAt !== undefined && now > task.startedAt;
    if (exits && task.lastStatus === 'RUNNING') this.#exit(task, now);
  }

  #pull(task: Mutable<TaskSight>, now: number): void {
    const answers = this.consumer.images.map(({ image, credentialId }) => {
      if (this.insists) return this.insists;
      const isCachedDigest = this.behaviour === 'cached' && image.includes('@');
      return isCachedDigest
        ? undefined
        : reasonOf(image, this.#pulling.answer(image, this.#pulling.loginOf(credentialId) ?? null));
    });
    const isRefused = answers.some((reason) => reason !== undefined);
    const runs = !isRefused || this.behaviour === 'cached';
    task.lastStatus = runs ? 'RUNNING' : 'STOPPED';
    if (this.consumer.launchType !== 'FARGATE') task.pullStartedAt = now;
    if (runs) task.startedAt = now;
    else Object.assign(task, { stoppedAt: now, desiredStatus: 'STOPPED', stopCode: 'TaskFailedToStart' });
    task.containers = task.containers.map((container, at) => {
      const reason = answers[at];
      return { ...container, lastStatus: task.lastStatus, ...(reason ? { reason } : {}) };
    });
  }

  #exit(task: Mutable<TaskSight>, now: number): void {
    Object.assign(task, { lastStatus: 'STOPPED', desiredStatus: 'STOPPED', stoppedAt: now });
    Object.assign(task, { stopCode: 'EssentialContainerExited', stoppedReason: reasons.crash });
    task.containers = task.containers.map((container) => ({ ...container, exitCode: 1 }));
  }

  #count(primary: Mutable<DeploymentSight>, now: number): void {
    const own = this.tasks.filter((task) => task.startedBy === primary.id);
    const up = own.filter(({ lastStatus }) => lastStatus === 'RUNNING');
    primary.running = up.length;
    primary.pending = own.filter(({ lastStatus }) => lastStatus === 'PENDING').length;
    primary.failedTasks = own.filter(({ lastStatus }) => lastStatus === 'STOPPED').length;
    if (this.behaviour === 'breaker' && primary.failedTasks >= this.consumer.desired) {
      this.#rollBack(now);
      return;
    }
    const isUp =
      up.length >= this.consumer.desired && up.every((t) => now >= (t.startedAt ?? now) + restsAfter);
    if (!isUp || this.behaviour === 'stuck') return;
    if (this.behaviour === 'unhealthy') {
      this.#rollBack(now);
      return;
    }
    primary.rollout = 'COMPLETED';
    this.deployments.splice(1);
  }

  /** The tasks of before run on; the deployment that is PRIMARY now is another one, and COMPLETED. */
  #rollBack(now: number): void {
    this.rolledBack = true;
    this.deploy(now, 'COMPLETED');
  }
}

function reasonOf(image: string, answer: string): string | undefined {
  switch (answer) {
    case 'readable':
      return undefined;
    case 'login-refused':
      return reasons.refused(image);
    case 'not-permitted':
      return reasons.notPermitted(image);
    case 'not-found':
      return reasons.notFound(image);
    default:
      return reasons.network;
  }
}
