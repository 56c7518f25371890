import type { InstanceRecord } from '../state.ts';

/** The four ECS_IMAGE_PULL_BEHAVIORs (docker_task_engine.go, imagePullRequired). */
export function mustPull({ behavior, cache }: InstanceRecord, image: string): boolean {
  switch (behavior) {
    case 'default':
    case 'always':
      return true;
    case 'once':
      return !cache.wasPulled(image);
    case 'prefer-cached':
      return cache.find(image) === undefined;
    default:
      return behavior satisfies never;
  }
}
