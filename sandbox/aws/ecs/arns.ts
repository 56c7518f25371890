/** The ARNs of one account and region, and how a name or ARN in a request is read. */
export interface Arns {
  cluster(name: string): string;
  service(cluster: string, name: string): string;
  task(cluster: string, id: string): string;
  container(cluster: string, taskId: string, id: string): string;
  instance(cluster: string, id: string): string;
  taskDefinition(family: string, revision: number): string;
  serviceDeployment(cluster: string, service: string, id: string): string;
  serviceRevision(cluster: string, service: string, id: string): string;
}

/** ARNs of the `aws` partition. */
export function createArns(account: string, region: string): Arns {
  const arn = (resource: string): string => `arn:aws:ecs:${region}:${account}:${resource}`;
  return {
    cluster: (name) => arn(`cluster/${name}`),
    service: (cluster, name) => arn(`service/${cluster}/${name}`),
    task: (cluster, id) => arn(`task/${cluster}/${id}`),
    container: (cluster, taskId, id) => arn(`container/${cluster}/${taskId}/${id}`),
    instance: (cluster, id) => arn(`container-instance/${cluster}/${id}`),
    taskDefinition: (family, revision) => arn(`task-definition/${family}:${revision}`),
    serviceDeployment: (cluster, service, id) => arn(`service-deployment/${cluster}/${service}/${id}`),
    serviceRevision: (cluster, service, id) => arn(`service-revision/${cluster}/${service}/${id}`),
  };
}

/** What stands after the last `/`: the name or id in an ARN, or the text itself where it is none. */
export const lastPart = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
