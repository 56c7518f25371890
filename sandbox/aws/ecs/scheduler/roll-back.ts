import { tellService } from '../events/service-events.ts';
import type { ServiceDeploymentRecord, ServiceRecord } from '../state.ts';
import type { World } from '../world.ts';
import { openDeployment } from './deployments.ts';
import { finishServiceDeployment } from './service-deployments.ts';

/**
 * Goes back to the revision last completed: ECS opens a new deployment for it, whose missing tasks must pull
 * again, while the service deployment stays the same and ends as ROLLBACK_SUCCESSFUL or ROLLBACK_FAILED.
 */
export function rollBack(
  world: World,
  service: ServiceRecord,
  running: ServiceDeploymentRecord,
  reason: string,
): void {
  const [failed] = service.deployments;
  const to = service.lastCompleted;
  if (to === undefined || failed === undefined) {
    const none = 'no rollback candidate was found to run the rollback.';
    if (failed) tellService(world, service, `(deployment ${failed.id}) deployment failed: ${none}`);
    finishServiceDeployment(world, running, 'ROLLBACK_FAILED', `ECS deployment circuit breaker: ${none}`);
    return;
  }
  running.status = 'ROLLBACK_IN_PROGRESS';
  running.reason = reason;
  running.updatedAt = world.timers.now();
  running.rollback = { reason, startedAt: running.updatedAt, to };
  const deployment = openDeployment(
    world,
    service,
    to,
    (id) => `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
  );
  tellService(world, service, `rolling back to deployment ${deployment.id}.`);
}
