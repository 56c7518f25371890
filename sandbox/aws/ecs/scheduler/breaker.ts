import { tellService } from '../events/service-events.ts';
import { emitDeploymentChange } from '../events/state-changes.ts';
import type { DeploymentRecord, ServiceRecord } from '../state.ts';
import type { World } from '../world.ts';
import { rollBack } from './roll-back.ts';
import { finishServiceDeployment, runningServiceDeployment } from './service-deployments.ts';

const TASKS_FAILED = 'ECS deployment circuit breaker: tasks failed to start.';
const THRESHOLD_EXCEEDED =
  'Service deployment rolled back because the circuit breaker threshold was exceeded.';

/** Fails the deployment once its count has reached the threshold, and rolls back where that is asked for. */
export function tripBreaker(world: World, service: ServiceRecord, deployment: DeploymentRecord): void {
  const running = runningServiceDeployment(service);
  const { breaker } = service.configuration;
  if (running === undefined || breaker?.enable !== true) return;
  // Failures of a deployment that a newer one has superseded trip nothing.
  if (deployment.status !== 'PRIMARY' || deployment.rolloutState !== 'IN_PROGRESS') return;
  running.breaker.count = deployment.breakerCount;
  if (deployment.breakerCount < running.threshold) return;
  running.breaker.status = 'TRIGGERED';
  failDeployment(world, service, deployment);
  if (running.rollback !== undefined) {
    finishServiceDeployment(world, running, 'ROLLBACK_FAILED', TASKS_FAILED);
  } else if (breaker.rollback) {
    rollBack(world, service, running, THRESHOLD_EXCEEDED);
  } else {
    finishServiceDeployment(world, running, 'STOPPED', TASKS_FAILED);
  }
}

function failDeployment(world: World, service: ServiceRecord, deployment: DeploymentRecord): void {
  deployment.rolloutState = 'FAILED';
  deployment.rolloutReason = TASKS_FAILED;
  deployment.updatedAt = world.timers.now();
  tellService(world, service, `(deployment ${deployment.id}) deployment failed: tasks failed to start.`);
  emitDeploymentChange(world, service, deployment, 'SERVICE_DEPLOYMENT_FAILED');
}
