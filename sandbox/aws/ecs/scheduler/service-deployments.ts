import type { ServiceDeploymentRecord, ServiceDeploymentStatus, ServiceRecord } from '../state.ts';
import type { World } from '../world.ts';

const UNDER_WAY: ReadonlySet<ServiceDeploymentStatus> = new Set([
  'PENDING',
  'IN_PROGRESS',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
]);

/** The service deployment that is under way, forward or back; there is at most one. */
export function runningServiceDeployment(service: ServiceRecord): ServiceDeploymentRecord | undefined {
  const [latest] = service.serviceDeployments;
  return latest !== undefined && UNDER_WAY.has(latest.status) ? latest : undefined;
}

/** Ends a service deployment with its last status; `reason` becomes its statusReason. */
export function finishServiceDeployment(
  world: World,
  deployment: ServiceDeploymentRecord,
  status: ServiceDeploymentStatus,
  reason?: string,
): void {
  const now = world.timers.now();
  deployment.status = status;
  deployment.updatedAt = now;
  deployment.finishedAt = now;
  deployment.reason = reason ?? deployment.reason;
}

/** A newer deployment takes over: STOP_REQUESTED, and STOPPED at the scheduler's next turn. */
export function supersede(world: World, service: ServiceRecord): void {
  const running = runningServiceDeployment(service);
  if (running === undefined) return;
  running.status = 'STOP_REQUESTED';
  running.updatedAt = world.timers.now();
  running.reason = 'A newer service deployment has superseded this one.';
  world.timers.after(world.settings.schedulerTick, () => {
    running.stoppedAt = world.timers.now();
    finishServiceDeployment(world, running, 'STOPPED');
  });
}
