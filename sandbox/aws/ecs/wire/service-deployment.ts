import type { WireObject } from '../../operation.ts';
import type { ServiceDeploymentRecord, ServiceRecord } from '../state.ts';
import { describeConfiguration, summarise } from './service.ts';
import { maybeSeconds, present, seconds } from './times.ts';

/** A service deployment as DescribeServiceDeployments shows it. */
export function describeServiceDeployment(
  service: ServiceRecord,
  record: ServiceDeploymentRecord,
): WireObject {
  const { rollback, breaker } = record;
  return present({
    ...common(service, record),
    stoppedAt: maybeSeconds(record.stoppedAt),
    updatedAt: seconds(record.updatedAt),
    sourceServiceRevisions: record.sources.map((source) => summarise(service, source)),
    targetServiceRevision: summarise(service, record.target),
    deploymentConfiguration: describeConfiguration(service.configuration),
    rollback: rollback && {
      reason: rollback.reason,
      startedAt: seconds(rollback.startedAt),
      serviceRevisionArn: rollback.to.arn,
    },
    deploymentCircuitBreaker: {
      status: breaker.status,
      failureCount: breaker.count,
      threshold: record.threshold,
    },
    alarms: { status: 'DISABLED', alarmNames: [] },
  });
}

/** The shorter form of ListServiceDeployments. */
export function briefServiceDeployment(service: ServiceRecord, record: ServiceDeploymentRecord): WireObject {
  return present({ ...common(service, record), targetServiceRevisionArn: record.target.arn });
}

const common = (service: ServiceRecord, record: ServiceDeploymentRecord): WireObject => ({
  serviceDeploymentArn: record.arn,
  serviceArn: service.arn,
  clusterArn: service.cluster.arn,
  createdAt: seconds(record.createdAt),
  startedAt: seconds(record.createdAt),
  finishedAt: maybeSeconds(record.finishedAt),
  status: record.status,
  statusReason: record.reason,
});
