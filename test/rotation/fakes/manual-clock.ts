import { FastClock } from '../../engine/fast-clock.ts';

/** A clock on which sleeping is what makes time pass: a watch of hours takes no time at all. */
export class ManualClock extends FastClock {
  override async sleep(ms: number): Promise<void> {
    this.advance(ms);
  }
}
