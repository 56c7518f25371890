import type { Operation, WireObject } from '../../operation.ts';
import { lastPart } from '../arns.ts';
import { invalidParameter } from '../faults.ts';
import { readText, readTexts } from '../input.ts';
import type { ClusterRecord, Estate, TaskRecord } from '../state.ts';
import { describeTask } from '../wire/task.ts';
import type { EcsContext } from './context.ts';
import { findCluster } from './find.ts';
import { listTasksOperation } from './list-tasks.ts';
import { runTaskOperation } from './run-task.ts';

const MOST_DESCRIBED = 100;

/** ListTasks, DescribeTasks (at most 100), RunTask, StopTask. */
export function taskOperations(context: EcsContext): Record<string, Operation> {
  return {
    ListTasks: listTasksOperation(context),
    DescribeTasks: (input) => describeTasks(context, input),
    RunTask: runTaskOperation(context),
    StopTask(input) {
      const cluster = findCluster(context.world.estate, input);
      const task = lookUpTask(context.world.estate, cluster, readText(input, 'task') ?? '');
      if (task === undefined) throw invalidParameter('The referenced task was not found.');
      context.lifecycle.stop(task, 'UserInitiated', readText(input, 'reason') ?? 'Task stopped by user');
      return { task: describeTask(task) };
    },
  };
}

function describeTasks({ world }: EcsContext, input: WireObject): WireObject {
  const { estate, arns } = world;
  const cluster = findCluster(estate, input);
  const asked = readTexts(input, 'tasks');
  if (asked.length === 0) throw invalidParameter('Tasks cannot be empty.');
  if (asked.length > MOST_DESCRIBED) throw invalidParameter(`Tasks cannot be more than ${MOST_DESCRIBED}.`);
  const tasks: WireObject[] = [];
  const failures: WireObject[] = [];
  for (const id of asked) {
    const task = lookUpTask(estate, cluster, id);
    if (task === undefined) failures.push({ arn: arns.task(cluster.name, lastPart(id)), reason: 'MISSING' });
    else tasks.push(describeTask(task));
  }
  return { tasks, failures };
}

function lookUpTask(estate: Estate, cluster: ClusterRecord, idOrArn: string): TaskRecord | undefined {
  const prefix = cluster.arn.replace(':cluster/', ':task/');
  const task = estate.tasks.get(`${prefix}/${lastPart(idOrArn)}`);
  return task !== undefined && (!idOrArn.startsWith('arn:') || task.arn === idOrArn) ? task : undefined;
}
