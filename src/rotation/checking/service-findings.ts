import type { Finding } from '../rules/checks.ts';
import type { ConsumerRecord, LeftOutBecause, ServiceConsumer } from '../rules/consumer.ts';
import type { CheckingDeps } from './deps.ts';

/** What to know of the services before they restart, and of those that the plan leaves out. */
export async function findInServices(
  deps: Pick<CheckingDeps, 'estate'>,
  plan: readonly ConsumerRecord[],
  mayHalve: boolean,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { consumer, planned } of plan) {
    if (planned.action === 'leave-out') findings.push(...leftOut(consumer, planned.because));
    else if (consumer.kind === 'service') findings.push(...(await findInService(deps, consumer, mayHalve)));
  }
  return findings;
}

/** What was asked to be left out, and what the findings of images tell already, is no finding. */
function leftOut(consumer: ConsumerRecord['consumer'], because: LeftOutBecause): Finding[] {
  const { name } = consumer;
  switch (because) {
    case 'next-start':
      return [{ check: 'next-start', facts: { name } }];
    case 'moved-tag':
      return [{ check: 'moved-tag', facts: { service: name, image: consumer.images[0]?.image ?? '' } }];
    case 'code-deploy':
    case 'external':
    case 'blue-green':
    case 'desired-zero':
      return [{ check: 'cannot-force', facts: { service: name, because } }];
    case 'unreadable':
    case 'not-failing':
    case 'not-asked':
    case 'by-hand':
      return [];
    default:
      return because satisfies never;
  }
}

async function findInService(
  deps: Pick<CheckingDeps, 'estate'>,
  service: ServiceConsumer,
  mayHalve: boolean,
): Promise<Finding[]> {
  const { name } = service;
  const findings: Finding[] = [];
  if (service.midDeployment) findings.push({ check: 'deployment-in-progress', facts: { service: name } });
  if (stopsFirst(service)) findings.push({ check: 'stops-first', facts: { service: name } });
  const why = await whyCannotRoll(deps, service);
  if (why) findings.push(stuckFinding(service, why, mayHalve));
  return findings;
}

/** One task a host: the old one stops before the new one starts, on as many hosts at once as its minimum allows. */
function stopsFirst({ scheduling, minimumHealthyPercent }: ServiceConsumer): boolean {
  return scheduling === 'DAEMON' && minimumHealthyPercent < 100;
}

/** Of one task half is one: there it would not help. */
function stuckFinding({ id, name, desired }: ServiceConsumer, why: string, mayHalve: boolean): Finding {
  if (!mayHalve || desired < 2) return { check: 'cannot-roll', facts: { service: name, why } };
  return { check: 'runs-at-half', facts: { service: name, id } };
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
