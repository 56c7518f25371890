import { type ECSClient, type Service, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { askAws, awsProblem, awsText } from '../aws-errors.ts';
import type { Clock } from '../clock.ts';
import { isRotateError, RotateError } from '../errors.ts';
import type { ServiceConsumer } from '../rotation/rules/consumer.ts';
import type { Pace } from './pace.ts';

export interface Restarting {
  readonly clock: Clock;
  readonly pace: Pace;
  /** A client that never tries a call twice by itself. */
  readonly client: ECSClient;
}

const TRIES = 6;

/**
 * Forces a new deployment of the same task definition; nothing else stands in the request, so no setting is written.
 * Only a throttled call, which AWS has not done, is made again here. After a lost answer nobody knows, and the caller
 * looks before it calls again.
 * @throws {RotateError} `service-missing`, `service-not-forced`, or as `askAws`
 */
export async function forceDeployment(
  { clock, pace, client }: Restarting,
  service: ServiceConsumer,
): Promise<{ deploymentId: string; createdAt: number }> {
  for (let tries = 1; ; tries += 1) {
    await pace('service-modify');
    try {
      return deploymentIn(await update(client, service), service);
    } catch (error) {
      if (!isRotateError(error, 'aws-throttled') || tries === TRIES) throw recognised(error, service);
      await clock.sleep(1_000 * 2 ** (tries - 1));
    }
  }
}

async function update(client: ECSClient, { arn, clusterArn, name }: ServiceConsumer): Promise<Service> {
  const command = new UpdateServiceCommand({ cluster: clusterArn, service: arn, forceNewDeployment: true });
  const facts = { action: 'ecs:UpdateService', resource: arn, name };
  const { service = {} } = await askAws(facts, () => client.send(command));
  return service;
}

function deploymentIn({ deployments = [] }: Service, { arn, name }: ServiceConsumer) {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  if (primary?.id && primary.createdAt) {
    return { deploymentId: primary.id, createdAt: primary.createdAt.getTime() };
  }
  const facts = { action: 'ecs:UpdateService', resource: arn, name, problem: 'NoDeploymentInAnswer' };
  throw new RotateError('aws-failed', facts);
}

function recognised(error: unknown, { name }: ServiceConsumer): unknown {
  switch (awsProblem(error)) {
    case 'ServiceNotFoundException':
    case 'ServiceNotActiveException':
    case 'ClusterNotFoundException':
      return new RotateError('service-missing', { name }, { cause: error });
    case 'InvalidParameterException':
      return new RotateError('service-not-forced', { name, reason: awsText(error) }, { cause: error });
    default:
      return error;
  }
}
