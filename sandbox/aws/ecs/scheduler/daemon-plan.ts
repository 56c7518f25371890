import type { InstanceRecord, TaskRecord } from '../state.ts';
import type { RollingPlan } from './rolling-plan.ts';

/** A DAEMON service's tasks by the open instances of its cluster. */
export interface DaemonView {
  readonly instances: readonly InstanceRecord[];
  readonly minimumHealthyPercent: number;
  readonly current: readonly TaskRecord[];
  readonly healthy: ReadonlySet<TaskRecord>;
  readonly old: readonly TaskRecord[];
  /** Tasks that still stop; their instance takes no new one before they are gone. */
  readonly stopping: readonly TaskRecord[];
}

export interface DaemonPlan extends Omit<RollingPlan, 'start'> {
  /** Instances that get a task now. */
  readonly start: readonly InstanceRecord[];
}

/** One turn of a DAEMON deployment: an instance's old task goes first, then its new one comes. */
export function planDaemon(view: DaemonView): DaemonPlan {
  const { instances, current, old, healthy, stopping } = view;
  const least = Math.ceil((instances.length * view.minimumHealthyPercent) / 100);
  const taken = new Set([...current, ...old, ...stopping].map(({ instance }) => instance));
  const free = instances.filter((instance) => !taken.has(instance));
  const running = old.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const spare = Math.max(0, running.length + healthy.size - least);
  const stop = [...old.filter((task) => !running.includes(task)), ...running.slice(0, spare)];
  const settled = current.length === instances.length && healthy.size === instances.length;
  return {
    start: free,
    stop,
    done: settled && old.length === 0 && stopping.length === 0,
    stuck: old.length > 0 && stop.length === 0 && free.length === 0 && stopping.length === 0,
  };
}
