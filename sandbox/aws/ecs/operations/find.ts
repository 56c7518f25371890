import type { WireObject } from '../../operation.ts';
import { lastPart } from '../arns.ts';
import { clusterNotFound, noTaskDefinition, serviceNotFound } from '../faults.ts';
import { readText } from '../input.ts';
import type { ClusterRecord, Estate, ServiceRecord, TaskDefinitionRecord } from '../state.ts';

/** The cluster a request names, by name or ARN; `default` where it names none. @throws ClusterNotFoundException */
export function findCluster(estate: Estate, input: WireObject): ClusterRecord {
  const cluster = estate.clusters.get(lastPart(readText(input, 'cluster') ?? 'default'));
  if (cluster === undefined) throw clusterNotFound();
  return cluster;
}

/** A service of that cluster by name or ARN; an ARN of another cluster, account or region finds none. */
export function lookUpService(
  estate: Estate,
  cluster: ClusterRecord,
  nameOrArn: string,
): ServiceRecord | undefined {
  const services = [...estate.services.values()];
  return services.find(
    (service) => service.cluster === cluster && (service.arn === nameOrArn || service.name === nameOrArn),
  );
}

/** @throws ClusterNotFoundException, ServiceNotFoundException */
export function findService(estate: Estate, input: WireObject, member = 'service'): ServiceRecord {
  const service = lookUpService(estate, findCluster(estate, input), readText(input, member) ?? '');
  if (service === undefined) throw serviceNotFound();
  return service;
}

/**
 * A task definition by ARN, `family:revision`, or family alone, which means its latest ACTIVE revision.
 * @throws ClientException where there is none
 */
export function findTaskDefinition(estate: Estate, reference: string): TaskDefinitionRecord {
  const name = lastPart(reference);
  const all = [...estate.taskDefinitions.values()];
  const found = name.includes(':')
    ? all.find(({ family, revision }) => `${family}:${revision}` === name)
    : all.findLast(({ family, status }) => family === name && status === 'ACTIVE');
  if (found === undefined) throw noTaskDefinition();
  return found;
}
