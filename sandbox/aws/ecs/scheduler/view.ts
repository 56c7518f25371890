import type { DeploymentRecord, ServiceRecord, TaskRecord } from '../state.ts';
import type { World } from '../world.ts';
import { isLive, isRunning } from './counts.ts';

/** A service's live tasks as one turn sees them. */
export interface ServiceView {
  readonly current: readonly TaskRecord[];
  readonly healthy: ReadonlySet<TaskRecord>;
  readonly old: readonly TaskRecord[];
  readonly stopping: readonly TaskRecord[];
  /** Milliseconds until the next running task counts as healthy. */
  readonly nextHealthy: number | undefined;
}

/** Without a load balancer a task is healthy once it has run for `steadyAfter`. */
export function viewService(world: World, service: ServiceRecord, primary: DeploymentRecord): ServiceView {
  const live = [...service.tasks].filter(isLive);
  const wanted = live.filter(({ desiredStatus }) => desiredStatus === 'RUNNING');
  const current = wanted.filter(({ revision }) => revision === primary.revision);
  const waits = new Map(current.filter(isRunning).map((task) => [task, waitFor(world, task)]));
  const open = [...waits.values()].filter((wait) => wait > 0);
  return {
    current,
    healthy: new Set([...waits].flatMap(([task, wait]) => (wait <= 0 ? [task] : []))),
    old: wanted.filter(({ revision }) => revision !== primary.revision),
    stopping: live.filter(({ desiredStatus }) => desiredStatus === 'STOPPED'),
    nextHealthy: open.length === 0 ? undefined : Math.min(...open),
  };
}

const waitFor = ({ timers, settings }: World, { startedAt }: TaskRecord): number =>
  (startedAt ?? timers.now()) + settings.steadyAfter - timers.now();
