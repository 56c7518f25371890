import type { RollingConfiguration, TaskRecord } from '../state.ts';

/** A service's live tasks (desired RUNNING) as one turn of the scheduler sees them. */
export interface RollingView {
  readonly desired: number;
  readonly configuration: Pick<RollingConfiguration, 'maximumPercent' | 'minimumHealthyPercent'>;
  /** Tasks of the PRIMARY deployment's revision. */
  readonly current: readonly TaskRecord[];
  /** Those of them that have run long enough to count as healthy. */
  readonly healthy: ReadonlySet<TaskRecord>;
  readonly old: readonly TaskRecord[];
  /** Tasks of the service that still stop: they hold instances, not the percentages. */
  readonly stopping: number;
}

export interface RollingPlan {
  readonly start: number;
  readonly stop: readonly TaskRecord[];
  readonly done: boolean;
  /** Neither start nor stop is allowed, and nothing under way will change that. */
  readonly stuck: boolean;
}

/**
 * One turn of a rolling deployment: at most floor(desired × maximum %) tasks run or start, at least
 * ceil(desired × minimum %) stay healthy (ECS guide, deployment-type-ecs).
 */
export function planRolling(view: RollingView): RollingPlan {
  const { desired, current, old, healthy } = view;
  const most = Math.floor((desired * view.configuration.maximumPercent) / 100);
  const least = Math.ceil((desired * view.configuration.minimumHealthyPercent) / 100);
  const surplus = chooseSurplus(current, desired);
  const missing = Math.max(0, desired - current.length);
  const start = Math.min(missing, Math.max(0, most - current.length - old.length));
  const stopOld = chooseOld(old, healthy.size - countHealthy(surplus, healthy), least);
  const settled = current.length === desired && healthy.size === desired;
  const waiting = view.stopping > 0 || current.some((task) => !healthy.has(task));
  return {
    start,
    stop: [...surplus, ...stopOld],
    done: settled && old.length === 0 && view.stopping === 0,
    stuck: missing > 0 && start === 0 && stopOld.length === 0 && !waiting,
  };
}

/** Tasks beyond the desired count, those that do not run yet first, then the youngest. */
function chooseSurplus(current: readonly TaskRecord[], desired: number): TaskRecord[] {
  const byWorth = [...current].sort(
    (one, other) => runs(one) - runs(other) || other.createdAt - one.createdAt,
  );
  return byWorth.slice(0, Math.max(0, current.length - desired));
}

/** Old tasks that never ran go at once; running ones only while enough others stay healthy. */
function chooseOld(old: readonly TaskRecord[], healthyNew: number, least: number): TaskRecord[] {
  const running = old.filter((task) => runs(task) === 1);
  const spare = Math.max(0, running.length + healthyNew - least);
  return [...old.filter((task) => runs(task) === 0), ...running.slice(0, spare)];
}

const runs = (task: TaskRecord): 0 | 1 => (task.lastStatus === 'RUNNING' ? 1 : 0);

const countHealthy = (tasks: readonly TaskRecord[], healthy: ReadonlySet<TaskRecord>): number =>
  tasks.filter((task) => healthy.has(task)).length;
