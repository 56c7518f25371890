import { createEcs, type Ecs, type EcsOptions } from '../../../../sandbox/aws/ecs/ecs.ts';
import { createRegistryAsker } from '../../../../sandbox/aws/ecs/pull/ask-registry.ts';
import type { DeploymentRecord, ServiceRecord, TaskRecord } from '../../../../sandbox/aws/ecs/state.ts';
import { modelOf, operationSchemas } from '../../../../sandbox/aws/models.ts';
import { AwsFault, type WireObject } from '../../../../sandbox/aws/operation.ts';
import { shapeProblems } from '../../../../sandbox/aws/shapes.ts';
import { type Registry, startRegistry } from '../../../../sandbox/registry/registry.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

export const host = 'registry.example.com';
export const image = `${host}/team/app:1`;
export const role = 'arn:aws:iam::123456789012:role/pull';
export const secretId = 'prod/registry';

/** ECS on virtual time, pulling for real from a sandbox registry with the user `good`. */
export interface EcsUnderTest {
  readonly ecs: Ecs;
  readonly clock: VirtualTime;
  readonly registry: Registry;
  /** Values by secret id; change one and the next task start reads it. */
  readonly secrets: Map<string, string>;
  /** Performs an operation; request and answer are held to the SDK's schemas. */
  call(operation: string, input: WireObject): Promise<WireObject>;
  service(name: string): ServiceRecord;
  primary(name: string): DeploymentRecord;
  /** Tasks of the service's PRIMARY deployment by their startedBy. */
  newTasks(name: string): TaskRecord[];
  close(): Promise<void>;
}

export const login = (password: string): string => JSON.stringify({ username: 'good', password });

export async function startEcs(
  options: Partial<EcsOptions> & { auth?: 'basic' | 'bearer' } = {},
): Promise<EcsUnderTest> {
  let asking = 0;
  const clock = createVirtualTime(() => asking > 0);
  const registry = await startRegistry({ host, auth: options.auth ?? 'bearer', clock });
  registry.users.add('good', 's3cret-one', ['team/*']);
  registry.repositories.publish('team/app', '1');
  const secrets = new Map([[secretId, login('s3cret-one')]]);
  const asker = createRegistryAsker((name) => (name === host ? registry.url : undefined), 5_000);
  const ecs = createEcs({
    clock,
    secrets: { readCurrent: (id) => secrets.get(id) ?? refuseUnknown() },
    registry: () => undefined,
    account: '123456789012',
    region: 'eu-west-1',
    random: () => 0,
    ask: async (question) => {
      asking += 1;
      return asker.ask(question).finally(() => {
        asking -= 1;
      });
    },
    ...options,
  });
  const call = (operation: string, input: WireObject) => perform(ecs, operation, input);
  await call('CreateCluster', { clusterName: 'prod' });
  const service = (name: string) => findByName(ecs, name);
  const primary = (name: string) => first(service(name).deployments);
  return {
    ecs,
    clock,
    registry,
    secrets,
    call,
    service,
    primary,
    newTasks: (name) => ecs.tasks().filter(({ startedBy }) => startedBy === primary(name).id),
    async close() {
      ecs.close();
      asker.close();
      await registry.close();
    },
  };
}

/** A service `web` with one private container, on Fargate unless told otherwise. */
export async function createWeb(
  { call }: EcsUnderTest,
  service: WireObject = {},
  container: WireObject = {},
): Promise<void> {
  await call('RegisterTaskDefinition', {
    family: 'web',
    executionRoleArn: role,
    requiresCompatibilities: ['FARGATE'],
    containerDefinitions: [
      {
        name: 'app',
        image,
        memory: 256,
        repositoryCredentials: { credentialsParameter: secretId },
        ...container,
      },
    ],
  });
  await call('CreateService', {
    cluster: 'prod',
    serviceName: 'web',
    taskDefinition: 'web',
    desiredCount: 2,
    launchType: 'FARGATE',
    ...service,
  });
}

export const isCompleted =
  ({ primary }: EcsUnderTest, name = 'web') =>
  (): boolean =>
    primary(name).rolloutState === 'COMPLETED';

/** `web` running and its first deployment completed. */
export async function startWeb(
  under: EcsUnderTest,
  service?: WireObject,
  container?: WireObject,
): Promise<void> {
  await createWeb(under, service, container);
  await under.clock.until(isCompleted(under));
}

export const forceWeb = ({ call }: EcsUnderTest): Promise<WireObject> =>
  call('UpdateService', { cluster: 'prod', service: 'web', forceNewDeployment: true });

export const messages = ({ ecs }: EcsUnderTest, name = 'web'): string[] =>
  ecs.events('prod', name).map(({ message }) => message);

export function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('There is none');
  return item;
}

function refuseUnknown(): never {
  throw new AwsFault('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

function findByName(ecs: Ecs, name: string): ServiceRecord {
  return first(ecs.services().filter((service) => service.name === name));
}

async function perform(ecs: Ecs, operation: string, input: WireObject): Promise<WireObject> {
  const schemas = operationSchemas(modelOf(ecs.service.target), operation);
  const run = ecs.service.operations[operation];
  if (schemas === undefined || run === undefined) throw new Error(`No operation ${operation}`);
  expect(shapeProblems(schemas.input, input)).toEqual([]);
  const output = await run(input);
  expect(shapeProblems(schemas.output, output)).toEqual([]);
  return output;
}
