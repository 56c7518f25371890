import type { Operation, WireObject } from '../../operation.ts';
import { lastPart } from '../arns.ts';
import { invalidParameter } from '../faults.ts';
import { readText, readTexts } from '../input.ts';
import { pageOf } from '../pages.ts';
import type { Estate, ServiceRecord } from '../state.ts';
import { describeService } from '../wire/service.ts';
import type { EcsContext } from './context.ts';
import { createServiceOperation } from './create-service.ts';
import { findCluster, lookUpService } from './find.ts';
import { updateServiceOperation } from './update-service.ts';

const MOST_DESCRIBED = 10;

/** CreateService, UpdateService, DescribeServices (at most 10), ListServices (10 a page unless asked for more). */
export function serviceOperations(context: EcsContext): Record<string, Operation> {
  const { estate } = context.world;
  return {
    CreateService: createServiceOperation(context),
    UpdateService: updateServiceOperation(context),
    DescribeServices: (input) => describeServices(context, input),
    ListServices(input) {
      const arns = listServices(estate, input).map(({ arn }) => arn);
      return pageOf(arns, 'serviceArns', input, { usual: 10, most: 100, forced: context.maxPage() });
    },
  };
}

function describeServices({ world }: EcsContext, input: WireObject): WireObject {
  const { estate, arns } = world;
  const cluster = findCluster(estate, input);
  const asked = readTexts(input, 'services');
  if (asked.length === 0) throw invalidParameter('Services cannot be empty.');
  if (asked.length > MOST_DESCRIBED) {
    throw invalidParameter(`Services cannot be more than ${MOST_DESCRIBED}.`);
  }
  const withTags = readTexts(input, 'include').includes('TAGS');
  const services: WireObject[] = [];
  const failures: WireObject[] = [];
  for (const name of asked) {
    const service = lookUpService(estate, cluster, name);
    if (service === undefined) {
      failures.push({ arn: arns.service(cluster.name, lastPart(name)), reason: 'MISSING' });
    } else {
      const tags = withTags ? { tags: estate.tags.get(service.arn) ?? [] } : {};
      services.push({ ...describeService(service), ...tags });
    }
  }
  return { services, failures };
}

function listServices(estate: Estate, input: WireObject): ServiceRecord[] {
  const cluster = findCluster(estate, input);
  const launch = readText(input, 'launchType');
  const strategy = readText(input, 'schedulingStrategy');
  return [...estate.services.values()].filter(
    (service) =>
      service.cluster === cluster &&
      (launch === undefined || service.launch === launch) &&
      (strategy === undefined || service.strategy === strategy),
  );
}
