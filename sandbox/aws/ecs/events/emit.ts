import { randomUUID } from 'node:crypto';
import type { Timers } from '../timers.ts';

/** An event as EventBridge hands it on. */
export interface EcsEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'ECS Task State Change' | 'ECS Deployment State Change';
  readonly source: 'aws.ecs';
  readonly account: string;
  /** ISO 8601, as are the times in `detail`. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export type EcsEventListener = (event: EcsEvent) => void;

export type EmitEvent = (
  type: EcsEvent['detail-type'],
  resource: string,
  detail: Readonly<Record<string, unknown>>,
) => void;

export interface EventOutlet {
  readonly emit: EmitEvent;
  /** Calls `listener` with each event from now on; returns a function that ends it. */
  listen(listener: EcsEventListener): () => void;
}

/** Where events leave the stand-in; without a listener none is made. */
export function createEventOutlet(account: string, region: string, timers: Timers): EventOutlet {
  const listeners = new Set<EcsEventListener>();
  return {
    emit(type, resource, detail) {
      if (listeners.size === 0) return;
      const event: EcsEvent = {
        version: '0',
        id: randomUUID(),
        'detail-type': type,
        source: 'aws.ecs',
        account,
        time: new Date(timers.now()).toISOString(),
        region,
        resources: [resource],
        detail,
      };
      for (const listener of listeners) listener(event);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
