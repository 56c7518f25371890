import type { DeploymentRecord, ServiceRecord, TaskRecord } from '../state.ts';

/** A service's tasks that are meant to run, by their deployment's revision. */
export function tasksOf(service: ServiceRecord, deployment: DeploymentRecord): TaskRecord[] {
  return [...service.tasks].filter(
    (task) => task.revision === deployment.revision && task.desiredStatus === 'RUNNING',
  );
}

/** Runs and is meant to. */
export const isRunning = (task: TaskRecord): boolean =>
  task.lastStatus === 'RUNNING' && task.desiredStatus === 'RUNNING';

/** On its way to running. */
export const isPending = (task: TaskRecord): boolean =>
  task.desiredStatus === 'RUNNING' && task.lastStatus !== 'RUNNING';

/** Neither gone nor going for good: it still holds its instance and its place in the deployment. */
export const isLive = (task: TaskRecord): boolean => task.lastStatus !== 'STOPPED';

/** How many of `tasks` run and how many are on their way, as `runningCount` and `pendingCount` show. */
export function countTasks(tasks: Iterable<TaskRecord>): { running: number; pending: number } {
  const counts = { running: 0, pending: 0 };
  for (const task of tasks) {
    if (isRunning(task)) counts.running += 1;
    else if (isPending(task)) counts.pending += 1;
  }
  return counts;
}
