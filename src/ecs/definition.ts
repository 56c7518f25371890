import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import type { EcsTarget } from './ecs-target.ts';
import { describeTaskDefinition } from './reads/task-definitions.ts';

/** What of a task definition matters here. A revision never changes, so one is asked for once. */
export interface Definition {
  readonly arn: string;
  readonly family: string;
  readonly executionRoleArn?: string;
  /** Containers that name a credential; sidecars and init containers are among them. */
  readonly privates: readonly PrivateContainer[];
  readonly needs: Needs;
}

export interface PrivateContainer {
  readonly container: string;
  readonly image: string;
  /** `credentialsParameter` as it stands: name, partial or full ARN. */
  readonly parameter: string;
}

/** What one task takes on an instance: CPU units, MiB, and fixed ports of the host. */
export interface Needs {
  readonly cpu: number;
  readonly memory: number;
  readonly ports: readonly number[];
}

/** Task definitions by ARN, remembered as long as the object lives. */
export type Definitions = (arn: string) => Promise<Definition | undefined>;

export function createDefinitions(target: EcsTarget): Definitions {
  const known = new Map<string, Definition>();
  return async (arn) => {
    const before = known.get(arn);
    if (before) return before;
    const found = await describeTaskDefinition(target, arn);
    const definition = found && toDefinition(found);
    if (definition) known.set(arn, definition);
    return definition;
  };
}

/** Undefined for an answer without its ARN, which AWS does not give. */
export function toDefinition(found: TaskDefinition): Definition | undefined {
  const { taskDefinitionArn: arn, family, executionRoleArn, containerDefinitions = [] } = found;
  if (!arn) return undefined;
  return {
    arn,
    family: family ?? familyOf(arn),
    ...(executionRoleArn && { executionRoleArn }),
    privates: containerDefinitions.flatMap(privateContainer),
    needs: needsOf(found),
  };
}

/** `web` of `…:task-definition/web:12`. */
export function familyOf(arn: string): string {
  return arn.replace(/^.*\//, '').replace(/:\d+$/, '');
}

function privateContainer(definition: ContainerDefinition): PrivateContainer[] {
  const { name, image, repositoryCredentials } = definition;
  const parameter = repositoryCredentials?.credentialsParameter;
  return name && image && parameter ? [{ container: name, image, parameter }] : [];
}

/** Of the task where it says so, else the sum over its containers. */
function needsOf({ cpu, memory, networkMode, containerDefinitions = [] }: TaskDefinition): Needs {
  const sum = (of: (container: ContainerDefinition) => number) =>
    containerDefinitions.reduce((total, container) => total + of(container), 0);
  const ports = containerDefinitions.flatMap(({ portMappings = [] }) =>
    portMappings.map(({ hostPort, containerPort }) =>
      networkMode === 'host' ? (hostPort ?? containerPort ?? 0) : (hostPort ?? 0),
    ),
  );
  return {
    cpu: cpu ? amountOf(cpu) : sum((container) => container.cpu ?? 0),
    memory: memory
      ? amountOf(memory)
      : sum((container) => container.memoryReservation ?? container.memory ?? 0),
    // awsvpc gives each task its own address; port 0 takes any free one.
    ports: networkMode === 'awsvpc' ? [] : ports.filter((port) => port > 0),
  };
}

/** CPU units or MiB of `256`, `.5 vCPU` or `1 GB`: ECS takes all of these. */
function amountOf(text: string): number {
  return Number.parseFloat(text) * (/vcpu|gb/i.test(text) ? 1024 : 1);
}
