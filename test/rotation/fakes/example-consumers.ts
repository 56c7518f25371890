import type { ServiceConsumer, TaskDefinitionConsumer } from '../../../src/rotation/rules/consumer.ts';

export const prodSecret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/ghcr-pull-AbCdEf';
export const stagingSecret = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:staging/ghcr-pull-GhIjKl';

/** The login on the hosts of a cluster. */
export function agentOf(cluster: string): string {
  return `arn:aws:ecs:eu-west-1:111122223333:cluster/${cluster}|ghcr.io`;
}

export function imageOf(name: string): string {
  return `ghcr.io/acme/${name}:1.4`;
}

/** A Fargate service of production with one private image and two tasks, unless told otherwise. */
export function serviceOf(name: string, parts: Partial<ServiceConsumer> = {}): ServiceConsumer {
  const { stage = 'production', desired = 2 } = parts;
  const credentialId = stage === 'production' ? prodSecret : stagingSecret;
  return {
    kind: 'service',
    id: `main/${stage}/${name}`,
    target: 'main',
    stage,
    name,
    taskDefinition: `${name}:12`,
    executionRoleArn: `arn:aws:iam::111122223333:role/${name}`,
    images: [{ container: 'app', image: imageOf(name), credentialId }],
    arn: `arn:aws:ecs:eu-west-1:111122223333:service/${stage}/${name}`,
    clusterArn: `arn:aws:ecs:eu-west-1:111122223333:cluster/${stage}`,
    cluster: stage,
    launchType: 'FARGATE',
    scheduling: 'REPLICA',
    controller: 'ECS',
    strategy: 'ROLLING',
    desired,
    running: desired,
    midDeployment: false,
    failingNow: false,
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    ...parts,
  };
}

export function taskDefinitionOf(name: string): TaskDefinitionConsumer {
  return {
    kind: 'task-definition',
    id: `main//${name}`,
    target: 'main',
    stage: 'production',
    name,
    taskDefinition: `${name}:3`,
    images: [{ container: 'job', image: imageOf(name), credentialId: prodSecret }],
  };
}
