import {
  DescribeTaskDefinitionCommand,
  ListTaskDefinitionFamiliesCommand,
  type TaskDefinition,
} from '@aws-sdk/client-ecs';
import { awsProblem } from '../../aws-errors.ts';
import type { EcsTarget } from '../ecs-target.ts';
import { everyPage } from './pages.ts';

/** By ARN, or by family for its latest ACTIVE revision. Undefined where there is none any more. */
export async function describeTaskDefinition(
  { client, ask }: EcsTarget,
  name: string,
): Promise<TaskDefinition | undefined> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition: name });
  try {
    const answer = await ask('task-definition-read', 'DescribeTaskDefinition', name, () =>
      client.send(command),
    );
    return answer.taskDefinition;
  } catch (error) {
    // ECS has no name of its own for it: "Unable to describe task definition."
    if (awsProblem(error) === 'ClientException') return undefined;
    throw error;
  }
}

/** Families with an ACTIVE revision. */
export function listFamilies({ id, client, ask }: EcsTarget): Promise<string[]> {
  return everyPage(async (nextToken) => {
    const input = { status: 'ACTIVE' as const, nextToken, maxResults: 100 };
    const command = new ListTaskDefinitionFamiliesCommand(input);
    const page = await ask('task-definition-read', 'ListTaskDefinitionFamilies', id, () =>
      client.send(command),
    );
    return { items: page.families, next: page.nextToken };
  });
}
