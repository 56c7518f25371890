import type { TaskRecord } from '../../../../../sandbox/aws/ecs/state.ts';
import type { WireObject } from '../../../../../sandbox/aws/operation.ts';
import { type EcsUnderTest, first, role, secretId } from '../start-ecs.ts';

/** Runs one standalone task of these containers and waits until it runs or has stopped. */
export async function runOnce(
  under: EcsUnderTest,
  launchType: 'EC2' | 'FARGATE',
  containers: readonly WireObject[],
  executionRoleArn: string | undefined = role,
): Promise<TaskRecord> {
  await under.call('RegisterTaskDefinition', {
    family: 'once',
    ...(executionRoleArn && { executionRoleArn }),
    containerDefinitions: containers.map((container, index) => ({
      name: `c${index}`,
      memory: 64,
      ...container,
    })),
  });
  const before = new Set(under.ecs.tasks());
  await under.call('RunTask', { cluster: 'prod', taskDefinition: 'once', launchType });
  const task = first(under.ecs.tasks().filter((one) => !before.has(one)));
  await under.clock.until(() => task.lastStatus === 'RUNNING' || task.lastStatus === 'STOPPED');
  return task;
}

/** A container definition with the login of `secret`. */
export const privateContainer = (image: string, secret = secretId): WireObject => ({
  image,
  repositoryCredentials: { credentialsParameter: secret },
});
