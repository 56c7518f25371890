import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { PrivateImage, ServiceConsumer } from '../rotation/rules/consumer.ts';
import type { Definition } from './definition.ts';
import { lastPart } from './ecs-target.ts';
import type { RunningSight } from './running-tasks.ts';

/** Where it is, as the product calls it. */
export interface Place {
  readonly target: string;
  readonly stage: string;
}

/** A service as the rules see it. Pure. `images` are those of its private containers. */
export function toServiceConsumer(
  { target, stage }: Place,
  service: Service,
  definition: Definition,
  images: readonly PrivateImage[],
  sight: RunningSight,
): ServiceConsumer {
  const { serviceArn = '', clusterArn = '', serviceName: name = lastPart(serviceArn) } = service;
  const cluster = lastPart(clusterArn);
  const { desiredCount: desired = 0, runningCount: running = 0, deploymentConfiguration = {} } = service;
  const scheduling = service.schedulingStrategy === 'DAEMON' ? 'DAEMON' : 'REPLICA';
  return {
    kind: 'service',
    id: `${target}/${cluster}/${name}`,
    target,
    stage,
    name,
    arn: serviceArn,
    clusterArn,
    cluster,
    taskDefinition: definition.arn,
    ...(definition.executionRoleArn && { executionRoleArn: definition.executionRoleArn }),
    images: images.map((image) => withDigest(image, sight)),
    launchType: launchTypeOf(service),
    scheduling,
    controller: controllerOf(service),
    strategy: deploymentConfiguration.strategy ?? 'ROLLING',
    desired,
    running,
    midDeployment: isMidDeployment(service),
    failingNow: running < desired || sight.hasTrouble,
    // What AWS takes where nothing is set (docs: deployment-type-ecs).
    minimumHealthyPercent:
      deploymentConfiguration.minimumHealthyPercent ?? (scheduling === 'DAEMON' ? 0 : 100),
    maximumPercent: deploymentConfiguration.maximumPercent ?? (scheduling === 'DAEMON' ? 100 : 200),
  };
}

/** The task definition in force, wherever the controller has it; undefined for a service without any yet. */
export function definitionOf({
  taskDefinition,
  deployments = [],
  taskSets = [],
}: Service): string | undefined {
  const primary = [...deployments, ...taskSets].find(({ status }) => status === 'PRIMARY');
  return taskDefinition ?? primary?.taskDefinition;
}

/** Whether tasks are still being replaced. Behind a Classic Load Balancer there is no rollout state to read. */
export function isMidDeployment({ deployments = [], taskSets = [], desiredCount = 0 }: Service): boolean {
  if (deployments.length + taskSets.length > 1) return true;
  const [primary] = deployments;
  if (!primary) return false;
  return primary.rolloutState === undefined
    ? runningOf(primary) < desiredCount
    : primary.rolloutState === 'IN_PROGRESS';
}

/** A service by capacity providers has no launch type: those of Fargate have fixed names. */
export function launchTypeOf(service: Service): ServiceConsumer['launchType'] {
  const { launchType, capacityProviderStrategy = [], platformFamily, platformVersion } = service;
  if (launchType === 'FARGATE' || launchType === 'EXTERNAL') return launchType;
  const isFargate = ({ capacityProvider = '' }) => capacityProvider.startsWith('FARGATE');
  if (launchType === undefined && capacityProviderStrategy.some(isFargate)) return 'FARGATE';
  // The cluster's default strategy: only Fargate has a platform.
  const hasPlatform = platformVersion !== undefined || platformFamily !== undefined;
  return launchType === undefined && capacityProviderStrategy.length === 0 && hasPlatform ? 'FARGATE' : 'EC2';
}

function controllerOf({ deploymentController }: Service): ServiceConsumer['controller'] {
  const type = deploymentController?.type;
  return type === 'CODE_DEPLOY' || type === 'EXTERNAL' ? type : 'ECS';
}

function withDigest(image: PrivateImage, { digests }: RunningSight): PrivateImage {
  const runningDigest = digests.get(image.container);
  return runningDigest ? { ...image, runningDigest } : image;
}

function runningOf({ runningCount = 0 }: Deployment): number {
  return runningCount;
}
