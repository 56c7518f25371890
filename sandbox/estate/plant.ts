import type { WireObject } from '../aws/operation.ts';
import type { TargetWorld } from '../aws/target-world.ts';
import type { Registry } from '../registry/registry.ts';
import type { ContainerPlan, EstatePlan, LoginPlan, ServicePlan, TargetPlan } from './plan.ts';

/** Registries by host, each with a listening registry. */
export type Registries = ReadonlyMap<string, Registry>;

/** Fills a registry with logins, and with every image the plan's containers name. */
export function plantRegistries(plan: EstatePlan, registries: Registries): void {
  for (const { host, logins, open = [] } of plan.registries) {
    const registry = registryOf(registries, host);
    for (const { id, name, password, rights } of logins) registry.users.add(name, password, rights, id);
    for (const repository of open) registry.repositories.setPublic(repository, true);
  }
  for (const { image } of containersOf(plan)) publish(registries, image);
}

/** Creates clusters, instances, secrets, task definitions and services, by the operations that AWS offers. */
export async function plantTarget(
  plan: EstatePlan,
  target: TargetPlan,
  world: TargetWorld,
  registries: Registries,
): Promise<void> {
  const { operations } = world.ecs.service;
  const call = async (name: string, input: WireObject) => operations[name]?.(input);
  for (const { name, instances = 0 } of target.clusters) {
    await call('CreateCluster', { clusterName: name });
    for (let n = 1; n <= instances; n++) {
      world.ecs.addInstance({
        cluster: name,
        ec2InstanceId: `i-0${name.length}${name.charCodeAt(0)}${n}`,
        cpu: 8192,
        memory: 31_000,
      });
    }
  }
  for (const secret of target.secrets) {
    const login = loginOf(plan, secret.login);
    const value = JSON.stringify({ ...secret.extra, username: login.name, password: login.password });
    world.secrets.create({ name: secret.name, value });
  }
  const register = async ({ name, containers }: Pick<ServicePlan, 'name' | 'containers'>, ec2: boolean) =>
    call('RegisterTaskDefinition', taskDefinition(world, registries, name, containers, ec2));
  for (const service of target.services) {
    const ec2 = isEc2(target, service.cluster);
    await register(service, ec2);
    await call('CreateService', serviceInput(service, ec2));
  }
  for (const task of target.scheduled ?? []) await register(task, false);
}

function taskDefinition(
  world: TargetWorld,
  registries: Registries,
  family: string,
  containers: readonly ContainerPlan[],
  ec2: boolean,
): WireObject {
  return {
    family,
    executionRoleArn: 'arn:aws:iam::111122223333:role/ecs-task-execution',
    requiresCompatibilities: [ec2 ? 'EC2' : 'FARGATE'],
    cpu: '256',
    memory: '512',
    containerDefinitions: containers.map(({ name, image, secret }) => ({
      name,
      image: resolve(registries, image),
      essential: true,
      ...(secret
        ? { repositoryCredentials: { credentialsParameter: world.secrets.arnOf(secret) ?? secret } }
        : {}),
    })),
  };
}

function serviceInput(service: ServicePlan, ec2: boolean): WireObject {
  const { minimumHealthyPercent, maximumPercent, breaker, daemon, controller } = service;
  const configuration = {
    ...(minimumHealthyPercent === undefined ? {} : { minimumHealthyPercent }),
    ...(maximumPercent === undefined ? {} : { maximumPercent }),
    ...(breaker ? { deploymentCircuitBreaker: { enable: true, rollback: true } } : {}),
  };
  return {
    cluster: service.cluster,
    serviceName: service.name,
    taskDefinition: service.name,
    launchType: ec2 ? 'EC2' : 'FARGATE',
    ...(daemon ? { schedulingStrategy: 'DAEMON' } : { desiredCount: service.desired }),
    ...(controller ? { deploymentController: { type: controller } } : {}),
    ...(Object.keys(configuration).length > 0 ? { deploymentConfiguration: configuration } : {}),
  };
}

function isEc2(target: TargetPlan, cluster: string): boolean {
  return (target.clusters.find(({ name }) => name === cluster)?.instances ?? 0) > 0;
}

const pinnedSuffix = '@running';

/** Moves the tags that the plan says have a newer build than the one that runs. */
export function moveTags(plan: EstatePlan, registries: Registries): void {
  for (const image of plan.movedTags ?? []) {
    const { host, repository, tag } = partsOf(image);
    registryOf(registries, host).repositories.publish(repository, tag, '2');
  }
}

/** Publishes what a container names, so that it can be pulled. */
export function publish(registries: Registries, image: string): void {
  const { host, repository, tag } = partsOf(image);
  const registry = registryOf(registries, host);
  if (!registry.repositories.digestOf(repository, tag)) registry.repositories.publish(repository, tag);
}

function resolve(registries: Registries, image: string): string {
  if (!image.endsWith(pinnedSuffix)) return image;
  const { host, repository, tag } = partsOf(image);
  return `${host}/${repository}@${registryOf(registries, host).repositories.digestOf(repository, tag)}`;
}

function partsOf(image: string): { host: string; repository: string; tag: string } {
  const [name = '', tag = 'latest'] = image.replace(pinnedSuffix, '').split(/:(?=[^/]*$)/);
  const slash = name.indexOf('/');
  return { host: name.slice(0, slash), repository: name.slice(slash + 1), tag };
}

function registryOf(registries: Registries, host: string): Registry {
  const registry = registries.get(host);
  if (!registry) throw new Error(`the plan has no registry ${host}`);
  return registry;
}

function loginOf(plan: EstatePlan, id: string): LoginPlan {
  const login = plan.registries.flatMap(({ logins }) => logins).find((known) => known.id === id);
  if (!login) throw new Error(`the plan has no login ${id}`);
  return login;
}

function containersOf(plan: EstatePlan): ContainerPlan[] {
  return plan.targets.flatMap(({ services, scheduled = [] }) =>
    [...services, ...scheduled].flatMap(({ containers }) => [...containers]),
  );
}
