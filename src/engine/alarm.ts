import type { Clock } from '../clock.ts';

/** A long wait is taken in pieces of an hour: timers have a largest delay, and the clock may jump. */
const longestPiece = 3_600_000;

/** One timer at an instant of the clock, however far away. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #cancel: (() => void) | undefined;
  #instant: number | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** Rings once at `instant` (milliseconds of the clock), never before this call returns; replaces what was set. */
  set(instant: number): void {
    this.clear();
    this.#instant = instant;
    const left = Math.max(0, instant - this.#clock.now());
    this.#cancel = this.#clock.after(Math.min(left, longestPiece), () => {
      this.clear();
      if (this.#clock.now() < instant) this.set(instant);
      else this.#ring();
    });
  }

  /** Sets the timer anew, where it is set: to be called when the clock jumped or changed its speed. */
  rearm(): void {
    if (this.#instant !== undefined) this.set(this.#instant);
  }

  clear(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#instant = undefined;
  }
}
