import type { Deployment, Service, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import type { ServiceConsumer } from '../rotation/rules/consumer.ts';
import type { ServiceSight } from '../rotation/rules/sight.ts';
import type { EcsTarget } from './ecs-target.ts';
import { describeServices, listServiceDeployments } from './reads/services.ts';
import { toServiceSight } from './sights.ts';

/**
 * The services of one target as they are now, ten a call; who is gone is missing. Whether ECS rolled one back costs a
 * call of its own and is asked only where the answer hints at it.
 */
export async function lookAt(
  target: EcsTarget,
  services: readonly ServiceConsumer[],
): Promise<ServiceSight[]> {
  const sights: ServiceSight[] = [];
  for (const [cluster, ours] of Map.groupBy(services, ({ clusterArn }) => clusterArn)) {
    const arns = ours.map(({ arn }) => arn);
    for (const service of await describeServices(target, cluster, arns)) {
      const rolledBack = hintsAtRollback(service) && (await isRolledBack(target, service));
      sights.push(toServiceSight(service, rolledBack));
    }
  }
  return sights;
}

/**
 * A rollback is a new PRIMARY deployment of an older revision. While it runs the failed one stands beside it; when it
 * is complete, and counts as a success, only the service's events still tell.
 */
function hintsAtRollback({ deployments = [], events = [] }: Service): boolean {
  if (deployments.some(({ rolloutState }) => rolloutState === 'FAILED')) return true;
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  if (!primary) return false;
  if (deployments.some((other) => createdAt(other) > createdAt(primary))) return true;
  const { id = '', rolloutStateReason = '' } = primary;
  const speaksOfIt = ({ message = '' }) => message.includes('rolling back') && message.includes(id);
  return rolloutStateReason.includes('rolling back') || events.some(speaksOfIt);
}

/** The service deployment began before the PRIMARY deployment that rolls it back, by hours at most. */
const LONGEST_ROLLOUT_MS = 24 * 60 * 60 * 1000;

async function isRolledBack(target: EcsTarget, service: Service): Promise<boolean> {
  const { clusterArn: cluster = '', serviceArn = '', deployments = [] } = service;
  const newest = Math.max(...deployments.map(createdAt));
  const after = new Date(newest - LONGEST_ROLLOUT_MS);
  const found = await listServiceDeployments(target, { cluster, service: serviceArn }, after);
  const [last] = found.toSorted((one, other) => createdAt(other) - createdAt(one));
  return last?.status?.startsWith('ROLLBACK_') ?? false;
}

function createdAt(deployment: Deployment | ServiceDeploymentBrief): number {
  return deployment.createdAt?.getTime() ?? 0;
}
