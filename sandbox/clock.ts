import { type Clock, sleepOn } from '../src/clock.ts';

/** How time goes in the sandbox: `virtual` was the time at `wall`, and passes `speed` times as fast since. */
export interface Pace {
  readonly wall: number;
  readonly virtual: number;
  readonly speed: number;
}

/** setTimeout takes 31 bits; a longer wait is taken in parts. */
const longestTimer = 2 ** 31 - 1;

/**
 * A clock that runs faster than the machine's and can be moved forward. Two processes that hold the same pace agree on
 * the time without talking.
 */
export class SandboxClock implements Clock {
  #pace: Pace;
  readonly #waiting = new Set<Waiting>();

  constructor(pace: Pace = paceOf(1)) {
    this.#pace = pace;
  }

  get pace(): Pace {
    return this.#pace;
  }

  now(): number {
    const { wall, virtual, speed } = this.#pace;
    return Math.floor(virtual + (Date.now() - wall) * speed);
  }

  after(ms: number, action: () => void): () => void {
    const waiting: Waiting = { due: this.now() + ms, action };
    this.#waiting.add(waiting);
    this.#arm(waiting);
    return () => this.#drop(waiting);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return sleepOn(this, ms, signal);
  }

  /** Goes on at another pace: whatever waits is due by the new one. */
  setPace(pace: Pace): void {
    this.#pace = pace;
    for (const waiting of this.#waiting) this.#arm(waiting);
  }

  setSpeed(speed: number): Pace {
    this.setPace({ wall: Date.now(), virtual: this.now(), speed });
    return this.#pace;
  }

  /** Moves the time forward. */
  jump(ms: number): Pace {
    this.setPace({ wall: Date.now(), virtual: this.now() + ms, speed: this.#pace.speed });
    return this.#pace;
  }

  /** Forgets everything that waits. */
  close(): void {
    for (const waiting of [...this.#waiting]) this.#drop(waiting);
  }

  #arm(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    const left = Math.max(0, (waiting.due - this.now()) / this.#pace.speed);
    waiting.timer = setTimeout(() => this.#fire(waiting), Math.min(left, longestTimer));
  }

  #fire(waiting: Waiting): void {
    if (this.now() < waiting.due) {
      this.#arm(waiting);
      return;
    }
    this.#drop(waiting);
    waiting.action();
  }

  #drop(waiting: Waiting): void {
    clearTimeout(waiting.timer);
    this.#waiting.delete(waiting);
  }
}

/** From now on, at this speed. */
export function paceOf(speed: number): Pace {
  const now = Date.now();
  return { wall: now, virtual: now, speed };
}

interface Waiting {
  readonly due: number;
  readonly action: () => void;
  timer?: NodeJS.Timeout;
}
