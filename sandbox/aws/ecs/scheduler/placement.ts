import type { ClusterRecord, Estate, InstanceRecord, TaskDefinitionRecord, TaskRecord } from '../state.ts';

/** An instance with room, or why there is none, as RunTask and the service's event put it. */
export type Placement =
  | { readonly instance: InstanceRecord }
  | { readonly none: 'no-instances' }
  | { readonly none: 'no-room'; readonly closest: InstanceRecord; readonly lacks: 'CPU' | 'MEMORY' };

export interface Remaining {
  readonly cpu: number;
  readonly memory: number;
}

/** Instances that take new tasks: ACTIVE with a connected agent. */
export function openInstances(estate: Estate, cluster: ClusterRecord): InstanceRecord[] {
  return [...estate.instances.values()].filter(
    (instance) => instance.cluster === cluster && instance.status === 'ACTIVE' && instance.agentConnected,
  );
}

/** What an instance has left beside the tasks it holds. */
export function remainingOn({ cpu, memory, tasks }: InstanceRecord): Remaining {
  return {
    cpu: cpu - sum(tasks, ({ taskDefinition }) => taskDefinition.cpu),
    memory: memory - sum(tasks, ({ taskDefinition }) => taskDefinition.memory),
  };
}

/**
 * The open instance with room that runs the fewest tasks of `group`, then the one with most memory left.
 * Ports, attributes and placement constraints play no part.
 */
export function place(
  estate: Estate,
  cluster: ClusterRecord,
  taskDefinition: TaskDefinitionRecord,
  group: string,
): Placement {
  const candidates = openInstances(estate, cluster).map((instance) => ({
    instance,
    remaining: remainingOn(instance),
    inGroup: [...instance.tasks].filter((task) => task.group === group).length,
  }));
  candidates.sort(
    (one, other) => one.inGroup - other.inGroup || other.remaining.memory - one.remaining.memory,
  );
  const fitting = candidates.find(({ remaining }) => fits(remaining, taskDefinition));
  if (fitting !== undefined) return { instance: fitting.instance };
  const [closest] = candidates;
  if (closest === undefined) return { none: 'no-instances' };
  const lacks = closest.remaining.memory < taskDefinition.memory ? 'MEMORY' : 'CPU';
  return { none: 'no-room', closest: closest.instance, lacks };
}

/** Whether a task of this definition has room in what is left. */
export const fits = (remaining: Remaining, { cpu, memory }: TaskDefinitionRecord): boolean =>
  remaining.cpu >= cpu && remaining.memory >= memory;

function sum(tasks: Iterable<TaskRecord>, amount: (task: TaskRecord) => number): number {
  let total = 0;
  for (const task of tasks) total += amount(task);
  return total;
}
