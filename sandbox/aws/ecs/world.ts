import type { Arns } from './arns.ts';
import type { EmitEvent } from './events/emit.ts';
import type { EcsSettings } from './settings.ts';
import type { Estate, TaskRecord } from './state.ts';
import type { Timers } from './timers.ts';

/** What every part of the ECS stand-in shares. */
export interface World {
  readonly estate: Estate;
  readonly timers: Timers;
  readonly settings: EcsSettings;
  readonly arns: Arns;
  readonly emit: EmitEvent;
  readonly behaviors: TaskBehaviors;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

/** What a task does of its own accord once its image is there; a knob for scenarios. */
export type TaskBehavior =
  /** An essential container ends after `after` ms of running. */
  | { readonly kind: 'exits'; readonly code: number; readonly after: number }
  /** Its health check fails after `after` ms of running, and the scheduler stops it. */
  | { readonly kind: 'unhealthy'; readonly after: number }
  /** It stays PENDING. */
  | { readonly kind: 'never-runs' };

export interface TaskBehaviors {
  of(task: TaskRecord): TaskBehavior | undefined;
  /** For every later start of tasks of a service (by name or ARN) or family; undefined takes it back. */
  set(serviceOrFamily: string, behavior: TaskBehavior | undefined): void;
}

/** No task misbehaves until `set` says so; a service's entry goes before its family's. */
export function createTaskBehaviors(): TaskBehaviors {
  const byName = new Map<string, TaskBehavior>();
  return {
    of: ({ service, taskDefinition }) =>
      byName.get(service?.arn ?? '') ?? byName.get(service?.name ?? '') ?? byName.get(taskDefinition.family),
    set(name, behavior) {
      if (behavior === undefined) byName.delete(name);
      else byName.set(name, behavior);
    },
  };
}
