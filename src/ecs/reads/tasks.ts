import { DescribeTasksCommand, type DesiredStatus, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import type { EcsTarget } from '../ecs-target.ts';
import { describeEach, everyPage } from './pages.ts';

/**
 * RUNNING and STOPPED tasks of a service, or of the whole cluster. Both are asked for: ListTasks without a status hides
 * what has stopped, which is where a refused pull is to be seen, for about an hour.
 */
export async function readTasks(target: EcsTarget, cluster: string, service?: string): Promise<Task[]> {
  const running = await listTasks(target, { cluster, serviceName: service, desiredStatus: 'RUNNING' });
  const stopped = await listTasks(target, { cluster, serviceName: service, desiredStatus: 'STOPPED' });
  // One may stop between the two lists.
  const arns = [...new Set([...running, ...stopped])];
  return describeEach('ecs:DescribeTasks', 100, arns, async (tasks) => {
    const command = new DescribeTasksCommand({ cluster, tasks });
    const answer = await target.ask('cluster-resource-read', 'DescribeTasks', cluster, () =>
      target.client.send(command),
    );
    return { found: answer.tasks, failures: answer.failures };
  });
}

interface TaskFilter {
  readonly cluster: string;
  readonly serviceName: string | undefined;
  readonly desiredStatus: DesiredStatus;
}

function listTasks({ client, ask }: EcsTarget, filter: TaskFilter): Promise<string[]> {
  return everyPage(async (nextToken) => {
    const command = new ListTasksCommand({ ...filter, nextToken });
    const about = filter.serviceName ?? filter.cluster;
    const page = await ask('cluster-resource-read', 'ListTasks', about, () => client.send(command));
    return { items: page.taskArns, next: page.nextToken };
  });
}
