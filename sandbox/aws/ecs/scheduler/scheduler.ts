import { taskList, tellOnce, tellService } from '../events/service-events.ts';
import type { DeploymentRecord, ServiceRecord, TaskRecord } from '../state.ts';
import type { TaskLifecycle, TaskNews } from '../tasks/lifecycle.ts';
import type { World } from '../world.ts';
import { isLive } from './counts.ts';
import { planDaemon } from './daemon-plan.ts';
import { completeDeployment } from './deployments.ts';
import { hearTask } from './hear-task.ts';
import { openInstances } from './placement.ts';
import { planRolling } from './rolling-plan.ts';
import { startDaemonTasks, startReplicas } from './start-tasks.ts';
import { type ServiceView, viewService } from './view.ts';
import { createWakeUps, type WakeUps } from './wake-ups.ts';

/** The services' scheduler. It sleeps until a service changes or a wait of its own ends; nothing polls. */
export interface Scheduler {
  /** Looks at a service after one tick. */
  wake(service: ServiceRecord): void;
  /** Takes what became of a task into account. */
  hear(task: TaskRecord, news: TaskNews): void;
}

const STUCK =
  'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.';

/** `lifecycle` is asked for at each turn, since the two know each other. */
export function createScheduler(world: World, lifecycle: () => TaskLifecycle): Scheduler {
  const wakeUps = createWakeUps(world.timers, (service) => {
    turn({ world, wakeUps, lifecycle: lifecycle() }, service);
  });
  const wake = (service: ServiceRecord): void => wakeUps.wakeIn(service, world.settings.schedulerTick);
  return {
    wake,
    hear(task, news) {
      if (task.service === undefined) return;
      hearTask(world, task.service, task, news);
      wake(task.service);
    },
  };
}

/** What one turn of the scheduler works with. */
export interface Turning {
  readonly world: World;
  readonly wakeUps: WakeUps;
  readonly lifecycle: TaskLifecycle;
}

/** A plan in the form both strategies share: `start` does what it may and tells what it started. */
interface Moves {
  readonly start: () => readonly TaskRecord[];
  readonly stop: readonly TaskRecord[];
  readonly done: boolean;
  readonly stuck: boolean;
}

function turn(turning: Turning, service: ServiceRecord): void {
  const { world, wakeUps, lifecycle } = turning;
  const [primary] = service.deployments;
  if (primary === undefined) return;
  dropDrained(service);
  const view = viewService(world, service, primary);
  if (view.nextHealthy !== undefined) wakeUps.wakeIn(service, view.nextHealthy);
  // A deployment the breaker has failed is left as it stands: nothing more is started or replaced.
  if (primary.rolloutState === 'FAILED') return;
  const moves = planMoves(turning, service, primary, view);
  const started = mayStart(turning, service, primary) ? moves.start() : [];
  if (started.length > 0)
    tellService(world, service, `has started ${started.length} tasks: ${taskList(started)}.`);
  if (moves.stop.length > 0) {
    tellService(world, service, `has stopped ${moves.stop.length} running tasks: ${taskList(moves.stop)}.`);
  }
  for (const task of moves.stop) {
    lifecycle.stop(
      task,
      'ServiceSchedulerInitiated',
      `Scaling activity initiated by (deployment ${primary.id})`,
    );
  }
  if (moves.stuck) tellOnce(world, service, primary, 'stuck', STUCK);
  settle(world, service, primary, moves.done);
}

/** Old deployments without live tasks are INACTIVE, which DescribeServices does not show. */
function dropDrained(service: ServiceRecord): void {
  const live = new Set([...service.tasks].filter(isLive).map(({ revision }) => revision));
  service.deployments = service.deployments.filter(
    ({ revision }, index) => index === 0 || live.has(revision),
  );
}

function planMoves(
  turning: Turning,
  service: ServiceRecord,
  primary: DeploymentRecord,
  view: ServiceView,
): Moves {
  if (service.strategy === 'DAEMON') {
    const instances = openInstances(turning.world.estate, service.cluster);
    service.desiredCount = instances.length;
    const { minimumHealthyPercent } = service.configuration;
    const plan = planDaemon({ ...view, instances, minimumHealthyPercent });
    return { ...plan, start: () => startDaemonTasks(turning, service, primary, plan.start) };
  }
  const { desiredCount: desired, configuration } = service;
  const plan = planRolling({ ...view, desired, configuration, stopping: view.stopping.length });
  return { ...plan, start: () => startReplicas(turning, service, primary, plan.start) };
}

/** False while the back-off lasts, whose end wakes the service. */
function mayStart(
  { world, wakeUps }: Turning,
  service: ServiceRecord,
  { retryAt }: DeploymentRecord,
): boolean {
  const wait = retryAt - world.timers.now();
  if (wait <= 0) return true;
  wakeUps.wakeIn(service, wait);
  return false;
}

function settle(world: World, service: ServiceRecord, primary: DeploymentRecord, done: boolean): void {
  if (done && !service.steady) tellService(world, service, 'has reached a steady state.');
  service.steady = done;
  if (done && primary.rolloutState === 'IN_PROGRESS') completeDeployment(world, service, primary);
}
