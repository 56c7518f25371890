import type { Operation, WireObject } from '../../operation.ts';
import { lastPart } from '../arns.ts';
import { invalidParameter } from '../faults.ts';
import { readText } from '../input.ts';
import { pageOf } from '../pages.ts';
import type { TaskRecord } from '../state.ts';
import type { EcsContext } from './context.ts';
import { findCluster, findService } from './find.ts';

const FILTERS = ['containerInstance', 'family', 'serviceName', 'launchType', 'desiredStatus', 'daemonName'];

/**
 * ListTasks. `desiredStatus` is RUNNING unless asked otherwise, which hides stopping tasks too; `startedBy`
 * goes with no other filter.
 */
export function listTasksOperation({ world: { estate }, maxPage }: EcsContext): Operation {
  return (input) => {
    const cluster = findCluster(estate, input);
    refuseMixedFilters(input);
    if (readText(input, 'serviceName') !== undefined) findService(estate, input, 'serviceName');
    const fits = taskFilter(input);
    const arns = [...estate.tasks.values()]
      .filter((task) => task.cluster === cluster && fits(task))
      .map(({ arn }) => arn);
    return pageOf(arns, 'taskArns', input, { usual: 100, most: 100, forced: maxPage() });
  };
}

function refuseMixedFilters(input: WireObject): void {
  const others = FILTERS.filter((filter) => input[filter] !== undefined);
  if (input.startedBy === undefined || others.length === 0) return;
  throw invalidParameter(`The startedBy filter cannot be combined with ${others.join(', ')}.`);
}

function taskFilter(input: WireObject): (task: TaskRecord) => boolean {
  const desired = readText(input, 'desiredStatus') ?? 'RUNNING';
  const serviceName = readText(input, 'serviceName');
  const family = readText(input, 'family');
  const startedBy = readText(input, 'startedBy');
  const launch = readText(input, 'launchType');
  const instance = readText(input, 'containerInstance');
  return (task) =>
    task.desiredStatus === desired &&
    (serviceName === undefined || task.service?.name === lastPart(serviceName)) &&
    (family === undefined || task.taskDefinition.family === family) &&
    (startedBy === undefined || task.startedBy === startedBy) &&
    (launch === undefined || task.launch === launch) &&
    (instance === undefined || lastPart(task.instance?.arn ?? '') === lastPart(instance));
}
