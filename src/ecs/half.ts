import { type DeploymentConfiguration, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { askAws } from '../aws-errors.ts';
import { RotateError } from '../errors.ts';
import type { ServiceConsumer } from '../rotation/rules/consumer.ts';
import type { EcsTarget } from './ecs-target.ts';
import { describeServices } from './reads/services.ts';
import type { Restarting } from './restart.ts';

/** What the AWS article has a person set while services restart: half of them must stay healthy. */
const HALF = 50;

/** The service's own deployment configuration as JSON, to be given back later. @throws {RotateError} `service-missing` */
export async function readSettings(target: EcsTarget, service: ServiceConsumer): Promise<string> {
  const configuration = await configurationOf(target, service);
  if (!configuration) throw new RotateError('service-missing', { name: service.name });
  return JSON.stringify(configuration);
}

/**
 * Lets half of the tasks be missing. Saved configuration and no deployment: forcing one comes after it. The whole object
 * is echoed, since AWS does not say what becomes of members that are left out.
 */
export async function halve(
  restarting: Restarting,
  service: ServiceConsumer,
  settings: string,
): Promise<void> {
  await write(restarting, service, { ...parse(settings), minimumHealthyPercent: HALF });
}

/** Gives the settings back, unless somebody has set another minimum in the meantime, or deleted the service. */
export async function giveBack(
  restarting: Restarting,
  target: EcsTarget,
  service: ServiceConsumer,
  settings: string,
): Promise<void> {
  const now = await configurationOf(target, service);
  if (now?.minimumHealthyPercent === HALF) await write(restarting, service, parse(settings));
}

async function configurationOf(
  target: EcsTarget,
  service: ServiceConsumer,
): Promise<DeploymentConfiguration | undefined> {
  const [found] = await describeServices(target, service.clusterArn, [service.arn]);
  return found?.deploymentConfiguration;
}

async function write(
  { client, pace }: Restarting,
  { arn, clusterArn, name }: ServiceConsumer,
  deploymentConfiguration: DeploymentConfiguration,
): Promise<void> {
  await pace('service-modify');
  const command = new UpdateServiceCommand({ cluster: clusterArn, service: arn, deploymentConfiguration });
  await askAws({ action: 'ecs:UpdateService', resource: arn, name }, () => client.send(command));
}

function parse(settings: string): DeploymentConfiguration {
  // Written by readSettings, into our own record.
  return JSON.parse(settings) as DeploymentConfiguration;
}
