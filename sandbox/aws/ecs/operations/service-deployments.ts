import type { Operation, WireObject } from '../../operation.ts';
import { lastPart } from '../arns.ts';
import { conflict, invalidParameter, serviceDeploymentNotFound } from '../faults.ts';
import { readNumber, readObject, readText, readTexts } from '../input.ts';
import { pageOf } from '../pages.ts';
import { rollBack } from '../scheduler/roll-back.ts';
import type { Estate, ServiceDeploymentRecord, ServiceRecord } from '../state.ts';
import { briefServiceDeployment, describeServiceDeployment } from '../wire/service-deployment.ts';
import type { EcsContext } from './context.ts';
import { findService } from './find.ts';

/** ListServiceDeployments (20 a page, at most 100), DescribeServiceDeployments (at most 20), StopServiceDeployment. */
export function serviceDeploymentOperations(context: EcsContext): Record<string, Operation> {
  const { estate } = context.world;
  return {
    ListServiceDeployments(input) {
      const service = findService(estate, input);
      const found = service.serviceDeployments.filter(deploymentFilter(input));
      const brief = found.map((record) => briefServiceDeployment(service, record));
      return pageOf(brief, 'serviceDeployments', input, { usual: 20, most: 100, forced: context.maxPage() });
    },
    DescribeServiceDeployments: (input) => describeAll(estate, input),
    StopServiceDeployment: (input) => stop(context, input),
  };
}

/** `createdAt` bounds come as epoch seconds. */
function deploymentFilter(input: WireObject): (record: ServiceDeploymentRecord) => boolean {
  const statuses = readTexts(input, 'status');
  const bounds = readObject(input, 'createdAt') ?? {};
  const after = (readNumber(bounds, 'after') ?? Number.NEGATIVE_INFINITY) * 1000;
  const before = (readNumber(bounds, 'before') ?? Number.POSITIVE_INFINITY) * 1000;
  return ({ status, createdAt }) =>
    (statuses.length === 0 || statuses.includes(status)) && createdAt > after && createdAt < before;
}

function describeAll(estate: Estate, input: WireObject): WireObject {
  const asked = readTexts(input, 'serviceDeploymentArns');
  if (asked.length > 20) throw invalidParameter('serviceDeploymentArns cannot be more than 20.');
  const serviceDeployments: WireObject[] = [];
  const failures: WireObject[] = [];
  for (const arn of asked) {
    const found = findDeployment(estate, arn);
    if (found === undefined) failures.push({ arn, reason: 'MISSING' });
    else serviceDeployments.push(describeServiceDeployment(found.service, found.record));
  }
  return { serviceDeployments, failures };
}

function findDeployment(
  estate: Estate,
  arn: string,
): { service: ServiceRecord; record: ServiceDeploymentRecord } | undefined {
  const serviceArn = arn.slice(0, -lastPart(arn).length - 1).replace(':service-deployment/', ':service/');
  const service = estate.services.get(serviceArn);
  const record = service?.serviceDeployments.find((one) => one.arn === arn);
  return service !== undefined && record !== undefined ? { service, record } : undefined;
}

/** Only ROLLBACK, the default; ABORT stands in the API's enum and nobody here has seen it work. */
function stop({ world, scheduler }: EcsContext, input: WireObject): WireObject {
  const arn = readText(input, 'serviceDeploymentArn') ?? '';
  const found = findDeployment(world.estate, arn);
  if (found === undefined) throw serviceDeploymentNotFound();
  if ((readText(input, 'stopType') ?? 'ROLLBACK') !== 'ROLLBACK') {
    throw invalidParameter('Only the stop type ROLLBACK is in this stand-in.');
  }
  const { service, record } = found;
  if (record.status !== 'PENDING' && record.status !== 'IN_PROGRESS') {
    throw conflict(`The service deployment is ${record.status} and cannot be stopped.`);
  }
  record.status = 'ROLLBACK_REQUESTED';
  record.updatedAt = world.timers.now();
  world.timers.after(world.settings.schedulerTick, () => {
    if (record.status !== 'ROLLBACK_REQUESTED') return;
    rollBack(world, service, record, 'Service deployment rolled back because a rollback was requested.');
    scheduler.wake(service);
  });
  return { serviceDeploymentArn: arn };
}
