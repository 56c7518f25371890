import { AwsFault } from '../operation.ts';

/** The exceptions of ECS that a caller can run into, with AWS's own sentences where they are known. */
export const clusterNotFound = (): AwsFault => new AwsFault('ClusterNotFoundException', 'Cluster not found.');

/** No service of that name in the cluster. */
export const serviceNotFound = (): AwsFault => new AwsFault('ServiceNotFoundException', 'Service not found.');

/** What ECS answers for a task definition that does not exist. */
export const noTaskDefinition = (): AwsFault =>
  new AwsFault('ClientException', 'Unable to describe task definition.');

/** What ECS answers most things it does not take. */
export const invalidParameter = (message: string): AwsFault =>
  new AwsFault('InvalidParameterException', message);

/** No service deployment with that ARN. */
export const serviceDeploymentNotFound = (): AwsFault =>
  new AwsFault('ServiceDeploymentNotFoundException', 'Service deployment not found.');

/** The resource is in a state that forbids the operation. */
export const conflict = (message: string): AwsFault => new AwsFault('ConflictException', message);
