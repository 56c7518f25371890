import * as ecs from '@aws-sdk/client-ecs';
import { PolicyEvaluationDecisionType } from '@aws-sdk/client-iam';
import * as secretsManager from '@aws-sdk/client-secrets-manager';
import * as ssm from '@aws-sdk/client-ssm';

/**
 * The values AWS allows for a member of a structure; undefined where it takes any, or where no check stands.
 * The schemas know nothing of enums, the SDK exports their values apart; which belongs where is written here.
 */
export function enumValues(struct: string, member: string): readonly string[] | undefined {
  const values = ofOneStructure[`${struct}.${member}`] ?? ofEveryStructure[member];
  return values && Object.values(values);
}

type EnumValues = Readonly<Record<string, string>>;

/** Members that mean the same wherever they stand. */
const ofEveryStructure: Readonly<Record<string, EnumValues>> = {
  launchType: ecs.LaunchType,
  schedulingStrategy: ecs.SchedulingStrategy,
  propagateTags: ecs.PropagateTags,
  availabilityZoneRebalancing: ecs.AvailabilityZoneRebalancing,
  rolloutState: ecs.DeploymentRolloutState,
  stopCode: ecs.TaskStopCode,
  connectivity: ecs.Connectivity,
  healthStatus: ecs.HealthStatus,
  networkMode: ecs.NetworkMode,
  compatibilities: ecs.Compatibility,
  requiresCompatibilities: ecs.Compatibility,
  versionConsistency: ecs.VersionConsistency,
  stopType: ecs.StopServiceDeploymentStopType,
};

/** Members whose name means different things in different structures. */
const ofOneStructure: Readonly<Record<string, EnumValues>> = {
  // A task's own desiredStatus is any text; only the filter is an enum, and so is a container's absence of one.
  'ListTasksRequest.desiredStatus': ecs.DesiredStatus,
  'DeploymentController.type': ecs.DeploymentControllerType,
  'DeploymentConfiguration.strategy': ecs.DeploymentStrategy,
  'TaskDefinition.status': ecs.TaskDefinitionStatus,
  'ListTaskDefinitionsRequest.status': ecs.TaskDefinitionStatus,
  'ListTaskDefinitionFamiliesRequest.status': ecs.TaskDefinitionFamilyStatus,
  'ServiceDeployment.status': ecs.ServiceDeploymentStatus,
  'ServiceDeployment.lifecycleStage': ecs.ServiceDeploymentLifecycleStage,
  'ServiceDeploymentBrief.status': ecs.ServiceDeploymentStatus,
  'ListServiceDeploymentsRequest.status': ecs.ServiceDeploymentStatus,
  'ServiceDeploymentCircuitBreaker.status': ecs.ServiceDeploymentRollbackMonitorsStatus,
  'ServiceDeploymentAlarms.status': ecs.ServiceDeploymentRollbackMonitorsStatus,
  'ListContainerInstancesRequest.status': ecs.ContainerInstanceStatus,
  'DescribeServicesRequest.include': ecs.ServiceField,
  'DescribeTasksRequest.include': ecs.TaskField,
  'DescribeClustersRequest.include': ecs.ClusterField,
  'DescribeTaskDefinitionRequest.include': ecs.TaskDefinitionField,
  'DescribeContainerInstancesRequest.include': ecs.ContainerInstanceField,
  'ReplicationStatusType.Status': secretsManager.StatusType,
  'Filter.Key': secretsManager.FilterNameStringType,
  'ListSecretsRequest.SortOrder': secretsManager.SortOrderType,
  'Command.Status': ssm.CommandStatus,
  'CommandInvocation.Status': ssm.CommandInvocationStatus,
  'CommandPlugin.Status': ssm.CommandPluginStatus,
  'GetCommandInvocationResult.Status': ssm.CommandInvocationStatus,
  'CommandFilter.key': ssm.CommandFilterKey,
  'InstanceInformation.PingStatus': ssm.PingStatus,
  'InstanceInformation.PlatformType': ssm.PlatformType,
  'InstanceInformation.ResourceType': ssm.ResourceType,
  'EvaluationResult.EvalDecision': PolicyEvaluationDecisionType,
};
