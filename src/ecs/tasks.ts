import { awsProblem } from '../aws-errors.ts';
import type { ServiceConsumer } from '../rotation/rules/consumer.ts';
import type { TaskSight } from '../rotation/rules/sight.ts';
import type { EcsTarget } from './ecs-target.ts';
import type { Hosts } from './hosts.ts';
import { readTasks } from './reads/tasks.ts';
import { toTaskSight } from './sights.ts';

/** Tasks of the service, RUNNING and STOPPED, created at or after `since` (ms), with the hosts they were placed on. */
export async function tasksOf(
  target: EcsTarget,
  hosts: Hosts,
  service: ServiceConsumer,
  since: number,
): Promise<TaskSight[]> {
  const all = await readTasks(target, service.clusterArn, service.name).catch(noneWhereGone);
  const tasks = all.filter(({ createdAt }) => createdAt !== undefined && createdAt.getTime() >= since);
  const placedOn = tasks.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []);
  const hostOf = await hosts(service.clusterArn, placedOn);
  return tasks.map((task) => toTaskSight(service, task, hostOf.get(task.containerInstanceArn ?? '')));
}

function noneWhereGone(error: unknown): [] {
  const problem = awsProblem(error) ?? '';
  if (['ServiceNotFoundException', 'ServiceNotActiveException'].includes(problem)) return [];
  throw error;
}
