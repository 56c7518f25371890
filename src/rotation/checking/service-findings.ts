import type { Finding } from '../rules/checks.ts';
import type { Consumer, ServiceConsumer } from '../rules/consumer.ts';
import type { CheckingDeps } from './deps.ts';

/** What to know of the services before they restart. */
export async function findInServices(
  deps: Pick<CheckingDeps, 'estate'>,
  consumers: readonly Consumer[],
  movedTags: ReadonlySet<string>,
  mayHalve: boolean,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const consumer of consumers) {
    if (consumer.kind === 'task-definition') {
      findings.push({ check: 'next-start', facts: { name: consumer.name } });
    } else if (movedTags.has(consumer.id)) {
      const image = consumer.images[0]?.image ?? '';
      findings.push({ check: 'moved-tag', facts: { service: consumer.name, image } });
    } else findings.push(...(await findingsOf(deps, consumer, mayHalve)));
  }
  return findings;
}

async function findingsOf(
  deps: Pick<CheckingDeps, 'estate'>,
  service: ServiceConsumer,
  mayHalve: boolean,
): Promise<Finding[]> {
  const because = whyNotForced(service);
  if (because) return [{ check: 'cannot-force', facts: { service: service.name, because } }];
  const findings: Finding[] = [];
  if (service.midDeployment)
    findings.push({ check: 'deployment-in-progress', facts: { service: service.name } });
  const why = await whyCannotRoll(deps, service);
  if (why) findings.push(stuckFinding(service, why, mayHalve));
  return findings;
}

/** Of one task half is one: there it would not help. */
function stuckFinding({ id, name, desired }: ServiceConsumer, why: string, mayHalve: boolean): Finding {
  if (!mayHalve || desired < 2) return { check: 'cannot-roll', facts: { service: name, why } };
  return { check: 'runs-at-half', facts: { service: name, id } };
}

function whyNotForced(service: ServiceConsumer): string | undefined {
  if (service.controller === 'CODE_DEPLOY') return 'code-deploy';
  if (service.controller === 'EXTERNAL') return 'external';
  if (service.strategy !== 'ROLLING') return 'blue-green';
  return service.desired === 0 ? 'desired-zero' : undefined;
}

/** A rolling update needs a task it may stop, or room for one more (facts of the ECS scheduler: min rounds up, max down). */
async function whyCannotRoll(
  deps: Pick<CheckingDeps, 'estate'>,
  service: ServiceConsumer,
): Promise<'limits' | 'capacity' | undefined> {
  if (service.scheduling === 'DAEMON') return undefined;
  const { desired, minimumHealthyPercent, maximumPercent } = service;
  const mayStop = desired - Math.ceil((desired * minimumHealthyPercent) / 100);
  if (mayStop > 0) return undefined;
  const mayAdd = Math.floor((desired * maximumPercent) / 100) - desired;
  if (mayAdd <= 0) return 'limits';
  return (await deps.estate.hasRoom(service)) === false ? 'capacity' : undefined;
}
