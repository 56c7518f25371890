import type { StartContainers } from '../agent/starter.ts';
import { emitTaskChange } from '../events/state-changes.ts';
import { hexId } from '../ids.ts';
import type { StopCode, TaskRecord, TaskStatus } from '../state.ts';
import type { TaskBehavior, World } from '../world.ts';
import { createTask, type TaskOrder } from './create-task.ts';

/** What a service's scheduler wants to know of its tasks. */
export type TaskNews = 'running' | 'stopping' | 'stopped';

export interface TaskLifecycle {
  /** Creates a task and takes it through PROVISIONING and PENDING to RUNNING or STOPPED. */
  launch(order: TaskOrder): TaskRecord;
  /** Orders a task to stop; does nothing where it has been. */
  stop(task: TaskRecord, code: StopCode, reason: string): void;
}

export interface LifecycleOptions {
  readonly world: World;
  readonly starters: { readonly EC2: StartContainers; readonly FARGATE: StartContainers };
  readonly onNews: (task: TaskRecord, news: TaskNews) => void;
}

/** The way of every task, of a service or standalone; changes go out as events and as news. */
export function createLifecycle(options: LifecycleOptions): TaskLifecycle {
  return {
    launch(order) {
      const task = createTask(options.world, order);
      emitTaskChange(options.world, task);
      void run(options, task);
      return task;
    },
    stop: (task, code, reason) => stopTask(options, task, code, reason),
  };
}

async function run(options: LifecycleOptions, task: TaskRecord): Promise<void> {
  const { world, starters } = options;
  await world.timers.sleep(world.settings.provisioning);
  if (isStopping(task)) return;
  moveTo(world, task, 'PENDING');
  await world.timers.sleep(world.settings.pending);
  if (isStopping(task)) return;
  const outcome = await starters[task.launch](task);
  if (isStopping(task) || world.timers.closed) return;
  const behavior = world.behaviors.of(task);
  if (outcome.kind === 'failed') stopTask(options, task, 'TaskFailedToStart', outcome.reason);
  else if (behavior?.kind !== 'never-runs') beginRunning(options, task, behavior);
}

/** Others change a task while its start waits, which the compiler cannot see. */
const isStopping = (task: TaskRecord): boolean => task.desiredStatus === 'STOPPED';

function beginRunning(options: LifecycleOptions, task: TaskRecord, behavior: TaskBehavior | undefined): void {
  const { world, onNews } = options;
  task.startedAt = world.timers.now();
  for (const container of task.containers) {
    if (container.lastStatus === 'STOPPED') continue;
    container.lastStatus = 'RUNNING';
    container.runtimeId = `${hexId()}${hexId()}`;
  }
  moveTo(world, task, 'RUNNING');
  onNews(task, 'running');
  if (behavior !== undefined) misbehave(options, task, behavior);
}

function misbehave(options: LifecycleOptions, task: TaskRecord, behavior: TaskBehavior): void {
  switch (behavior.kind) {
    case 'exits':
      options.world.timers.after(behavior.after, () => exit(options, task, behavior.code));
      return;
    case 'unhealthy':
      options.world.timers.after(behavior.after, () =>
        stopTask(options, task, 'ServiceSchedulerInitiated', 'Task failed container health checks'),
      );
      return;
    case 'never-runs':
      return;
    default:
      behavior satisfies never;
  }
}

function exit(options: LifecycleOptions, task: TaskRecord, code: number): void {
  if (isStopping(task)) return;
  const container = task.containers.find(({ spec }) => spec.essential);
  if (container !== undefined) container.exitCode = code;
  stopTask(options, task, 'EssentialContainerExited', 'Essential container in task exited');
}

function stopTask(options: LifecycleOptions, task: TaskRecord, code: StopCode, reason: string): void {
  if (isStopping(task)) return;
  const { world, onNews } = options;
  task.desiredStatus = 'STOPPED';
  task.stopCode = code;
  task.stoppedReason = reason;
  task.stoppingAt = world.timers.now();
  moveTo(world, task, 'DEPROVISIONING');
  onNews(task, 'stopping');
  world.timers.after(world.settings.stopping, () => finishStop(options, task));
}

function finishStop({ world, onNews }: LifecycleOptions, task: TaskRecord): void {
  task.stoppedAt = world.timers.now();
  task.instance?.tasks.delete(task);
  for (const container of task.containers) container.lastStatus = 'STOPPED';
  moveTo(world, task, 'STOPPED');
  onNews(task, 'stopped');
  world.timers.after(world.settings.stoppedKept, () => {
    world.estate.tasks.delete(task.arn);
    task.service?.tasks.delete(task);
  });
}

function moveTo(world: World, task: TaskRecord, status: TaskStatus): void {
  task.lastStatus = status;
  task.version += 1;
  emitTaskChange(world, task);
}
