import type { Service, Task } from '@aws-sdk/client-ecs';

/** What the tasks of a service say of it. */
export interface RunningSight {
  /** Digest by container, of the newest task that runs. */
  readonly digests: ReadonlyMap<string, string>;
  /** Whether a task shows now that it could not log in. */
  readonly hasTrouble: boolean;
}

export const NOT_LOOKED_AT: RunningSight = { digests: new Map(), hasTrouble: false };

/** Reads a reason text; undefined where it tells of no failed pull. See `pull-failure.ts`. */
export type Diagnose = (reason: string) => { readonly credentialTrouble: boolean } | undefined;

/**
 * Pure. A RUNNING task with credential trouble runs an old copy. A STOPPED one counts only of a deployment that is
 * there and not complete: what failed an hour ago and was mended since is no trouble now.
 */
export function sightOf(service: Service, tasks: readonly Task[], diagnose: Diagnose): RunningSight {
  const unfinished = new Set(
    (service.deployments ?? [])
      .filter(({ rolloutState }) => rolloutState !== 'COMPLETED')
      .map(({ id }) => id),
  );
  const isNow = ({ lastStatus, startedBy }: Task) => lastStatus !== 'STOPPED' || unfinished.has(startedBy);
  return {
    digests: digestsOf(tasks),
    hasTrouble: tasks.filter(isNow).some((task) => hasCredentialTrouble(task, diagnose)),
  };
}

/** Any text of the task: on EC2 the reason stands on the container, on Fargate on the task. */
function hasCredentialTrouble({ stoppedReason, containers = [] }: Task, diagnose: Diagnose): boolean {
  const reasons = [stoppedReason, ...containers.map(({ reason }) => reason)];
  return reasons.some((reason) => reason !== undefined && (diagnose(reason)?.credentialTrouble ?? false));
}

function digestsOf(tasks: readonly Task[]): Map<string, string> {
  const oldestFirst = tasks
    .filter(({ lastStatus }) => lastStatus === 'RUNNING')
    .toSorted((one, other) => createdAt(one) - createdAt(other));
  const containers = oldestFirst.flatMap((task) => task.containers ?? []);
  const pairs = containers.flatMap(({ name, imageDigest }): [string, string][] =>
    name && imageDigest ? [[name, imageDigest]] : [],
  );
  return new Map(pairs);
}

function createdAt(task: Task): number {
  return task.createdAt?.getTime() ?? 0;
}
