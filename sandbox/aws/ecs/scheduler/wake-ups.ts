import type { ServiceRecord } from '../state.ts';
import type { Timers } from '../timers.ts';

/** At most one timer a service, always the earliest that was asked for. */
export interface WakeUps {
  wakeIn(service: ServiceRecord, ms: number): void;
}

/** Calls `onWake` for a service when its time has come. */
export function createWakeUps(timers: Timers, onWake: (service: ServiceRecord) => void): WakeUps {
  const waiting = new Map<ServiceRecord, { readonly at: number; readonly cancel: () => void }>();
  return {
    wakeIn(service, ms) {
      const at = timers.now() + ms;
      const earlier = waiting.get(service);
      if (earlier !== undefined && earlier.at <= at) return;
      earlier?.cancel();
      const cancel = timers.after(ms, () => {
        waiting.delete(service);
        onWake(service);
      });
      waiting.set(service, { at, cancel });
    },
  };
}
