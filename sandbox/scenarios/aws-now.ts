import { ownLabels, versionWith } from './holdings.ts';
import type { Stage } from './stage.ts';

/** The tokens of sandbox/estate/logins.ts, by the names the registry knows them under. */
export const oldLogin = 'acme-pull, token in use';
export const newLogin = 'acme-pull, new token';
const oldToken = 'ghp_OldTokenForTheSandbox01';

/** The token that a task starting now is given. */
export function tokenInUse(stage: Stage, target: 'prod' | 'staging' = 'prod'): string {
  const value = versionWith(stage, 'AWSCURRENT', target)?.value ?? '{}';
  const { password = '' } = JSON.parse(value) as { password?: string }; // the estate and the product write only this
  return password;
}

/** Tasks of a service that run, of those it should have. */
export function runs(stage: Stage, service: string, target = 'prod'): { running: number; desired: number } {
  const { ecs } = stage.target(target);
  const tasks = ecs.tasks().filter((task) => task.service?.name === service);
  const { desiredCount = 0 } = ecs.services().find(({ name }) => name === service) ?? {};
  return {
    running: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    desired: desiredCount,
  };
}

/** What `aws ecs wait services-stable` looks at: one deployment, and as many tasks as there should be. */
export function waiterSaysStable(stage: Stage, service: string): boolean {
  const record = stage
    .target()
    .ecs.services()
    .find(({ name }) => name === service);
  const { running, desired } = runs(stage, service);
  return record?.deployments.length === 1 && running === desired;
}

/** A person deploys: the same task definition anew, as the console's Force new deployment. */
export async function deployByHand(stage: Stage, service: string, cluster: string): Promise<void> {
  const update = stage.target().ecs.service.operations.UpdateService;
  if (!update) throw new Error('the stand-in cannot update services');
  await update({ service, cluster, forceNewDeployment: true });
}

/** Waits until both secrets hand out the old login again, and only the new one, to be tried again, is labelled. */
export async function wentBack(stage: Stage): Promise<void> {
  stage.must(tokenInUse(stage) === oldToken, 'the old login is in use again');
  stage.must(tokenInUse(stage, 'staging') === oldToken, 'the old login is in use again in staging');
  await stage.see('our other labels to be removed', () => {
    const labels = ownLabels(stage);
    return labels.length === 2 && labels.every((label) => label === 'ecs-rotate-pending');
  });
}
