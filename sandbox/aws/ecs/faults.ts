import { AwsFault } from '../operation.ts';

/** The exceptions of ECS that a caller can run into, with AWS's own sentences where they are known. */
export const clusterNotFound = (): AwsFault => new AwsFault('ClusterNotFoundException', 'Cluster not found.');

export const serviceNotFound = (): AwsFault => new AwsFault('ServiceNotFoundException', 'Service not found.');

/** What ECS answers for a task definition that does not exist. */
export const noTaskDefinition = (): AwsFault =>
  new AwsFault('ClientException', 'Unable to describe task definition.');

export const invalidParameter = (message: string): AwsFault =>
  new AwsFault('InvalidParameterException', message);

export const serviceDeploymentNotFound = (): AwsFault =>
  new AwsFault('ServiceDeploymentNotFoundException', 'Service deployment not found.');

export const conflict = (message: string): AwsFault => new AwsFault('ConflictException', message);
