import type { Operation, WireObject } from '../../operation.ts';
import { invalidParameter } from '../faults.ts';
import { readNumber, readText } from '../input.ts';
import { place } from '../scheduler/placement.ts';
import type { TaskRecord } from '../state.ts';
import type { TaskOrder } from '../tasks/create-task.ts';
import { describeTask } from '../wire/task.ts';
import type { EcsContext } from './context.ts';
import { readLaunch } from './create-service.ts';
import { findCluster, findTaskDefinition } from './find.ts';

const MOST_AT_ONCE = 10;

/** RunTask: standalone tasks. Overrides are taken and play no part; what does not fit stands in `failures`. */
export function runTaskOperation({ world, lifecycle }: EcsContext): Operation {
  return (input) => {
    const cluster = findCluster(world.estate, input);
    const taskDefinition = findTaskDefinition(world.estate, readText(input, 'taskDefinition') ?? '');
    const order: TaskOrder = {
      cluster,
      taskDefinition,
      launch: readLaunch(input),
      group: readText(input, 'group') ?? `family:${taskDefinition.family}`,
      startedBy: readText(input, 'startedBy'),
    };
    const started: TaskRecord[] = [];
    const failures: WireObject[] = [];
    for (let left = readCount(input); left > 0; left -= 1) {
      const placed = order.launch === 'FARGATE' ? order : placeOrder(order);
      if ('reason' in placed) failures.push(placed);
      else started.push(lifecycle.launch(placed));
    }
    return { tasks: started.map(describeTask), failures };
  };

  function placeOrder(order: TaskOrder): TaskOrder | { arn: string; reason: string } {
    const placement = place(world.estate, order.cluster, order.taskDefinition, order.group);
    if ('instance' in placement) return { ...order, instance: placement.instance };
    if (placement.none === 'no-instances') {
      throw invalidParameter('No Container Instances were found in your cluster.');
    }
    return { arn: placement.closest.arn, reason: `RESOURCE:${placement.lacks}` };
  }
}

function readCount(input: WireObject): number {
  const count = readNumber(input, 'count') ?? 1;
  if (count < 1 || count > MOST_AT_ONCE) throw invalidParameter('Count must be between 1 and 10.');
  return count;
}
