import { randomUUID } from 'node:crypto';
import type { DeploymentRecord, ServiceRecord, TaskRecord } from '../state.ts';
import type { World } from '../world.ts';

const SHOWN = 100;

/** Adds a line to the service's events; AWS shows the latest 100. */
export function tellService(world: World, service: ServiceRecord, message: string): void {
  const createdAt = world.timers.now();
  service.events.unshift({ id: randomUUID(), createdAt, message: `(service ${service.name}) ${message}` });
  service.events.length = Math.min(service.events.length, SHOWN);
}

/** The same once in a deployment's life, where the scheduler would otherwise say it at every turn. */
export function tellOnce(
  world: World,
  service: ServiceRecord,
  deployment: DeploymentRecord,
  key: string,
  message: string,
): void {
  if (deployment.told.has(key)) return;
  deployment.told.add(key);
  tellService(world, service, message);
}

/** `has started 2 tasks: (task 1…) (task 2…).` */
export function taskList(tasks: readonly TaskRecord[]): string {
  return tasks.map(({ arn }) => `(task ${arn.slice(arn.lastIndexOf('/') + 1)})`).join(' ');
}
