import type { Clock } from '../src/clock.ts';

/** Runs `action` every `ms` of the clock, as EventBridge's schedules do; a failure waits for the next time. */
export function every(clock: Clock, ms: number, action: () => Promise<unknown>): () => void {
  let stopped = false;
  let cancel = clock.after(ms, run);
  function run(): void {
    void action()
      .catch(() => undefined)
      .finally(() => {
        if (!stopped) cancel = clock.after(ms, run);
      });
  }
  return () => {
    stopped = true;
    cancel();
  };
}
