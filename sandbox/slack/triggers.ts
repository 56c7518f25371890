import { randomUUID } from 'node:crypto';
import { wallClock } from '../../src/clock.ts';

// Real time on purpose: it is the product's own speed that Slack limits here, not the sandbox's story.
const LIFETIME_MS = 3000;

/** Whoever acted, and the modal it happened in. */
export interface Trigger {
  readonly user: string;
  readonly viewId?: string;
}

export type TriggerError = 'invalid_trigger_id' | 'expired_trigger_id' | 'exchanged_trigger_id';

export interface Triggers {
  /** A new trigger id, good for one use within three seconds. */
  issue(trigger: Trigger): string;
  /** Looks without using it up. */
  look(id: string): Trigger | TriggerError;
  use(id: string): void;
}

/** The trigger ids of one workspace. */
export function createTriggers(): Triggers {
  const issued = new Map<string, { trigger: Trigger; at: number; used: boolean }>();
  return {
    issue(trigger) {
      const id = `${wallClock.now()}.${randomUUID()}`;
      issued.set(id, { trigger, at: wallClock.now(), used: false });
      return id;
    },
    look(id) {
      const found = issued.get(id);
      if (!found) return 'invalid_trigger_id';
      if (found.used) return 'exchanged_trigger_id';
      return wallClock.now() - found.at > LIFETIME_MS ? 'expired_trigger_id' : found.trigger;
    },
    use(id) {
      const found = issued.get(id);
      if (found) found.used = true;
    },
  };
}
