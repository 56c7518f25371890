import type { WireObject } from '../../operation.ts';
import { readObjects, readTexts } from '../input.ts';
import type { TaskDefinitionRecord } from '../state.ts';
import { seconds } from './times.ts';

/** A task definition as DescribeTaskDefinition shows it: as registered, with ECS's defaults filled in. */
export function describeTaskDefinition(record: TaskDefinitionRecord): WireObject {
  const compatibilities = readTexts(record.body, 'requiresCompatibilities').includes('FARGATE')
    ? ['EC2', 'FARGATE']
    : ['EC2'];
  return {
    volumes: [],
    placementConstraints: [],
    ...record.body,
    containerDefinitions: readObjects(record.body, 'containerDefinitions').map(withDefaults),
    taskDefinitionArn: record.arn,
    revision: record.revision,
    status: record.status,
    requiresAttributes: [],
    compatibilities,
    registeredAt: seconds(record.registeredAt),
  };
}

const withDefaults = (definition: WireObject): WireObject => ({
  cpu: 0,
  portMappings: [],
  essential: true,
  environment: [],
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
  ...definition,
});
