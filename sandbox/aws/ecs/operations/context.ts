import type { Scheduler } from '../scheduler/scheduler.ts';
import type { TaskLifecycle } from '../tasks/lifecycle.ts';
import type { World } from '../world.ts';

/** What the operations work on. */
export interface EcsContext {
  readonly world: World;
  readonly scheduler: Scheduler;
  readonly lifecycle: TaskLifecycle;
  /** Knob: List operations give at most this many items a page. */
  readonly maxPage: () => number;
}
