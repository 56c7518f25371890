import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/clock.ts';

const MOST_USES = 5;
const LIFETIME_MS = 30 * 60_000;

/** Where an answer sent to a response_url belongs. */
export interface ResponsePlace {
  readonly channel: string;
  readonly user: string;
  /** The message that was clicked on. */
  readonly originalTs?: string;
}

export type ResponseUrlError = 'expired_url' | 'used_url';

export interface ResponseUrls {
  /** A new key, good for five uses within 30 minutes of the sandbox's clock. */
  issue(place: ResponsePlace): string;
  look(key: string): ResponsePlace | ResponseUrlError;
  use(key: string): void;
}

/** The response_urls of one workspace. */
export function createResponseUrls(clock: Clock): ResponseUrls {
  const issued = new Map<string, { place: ResponsePlace; at: number; uses: number }>();
  return {
    issue(place) {
      const key = randomUUID();
      issued.set(key, { place, at: clock.now(), uses: 0 });
      return key;
    },
    look(key) {
      const found = issued.get(key);
      if (!found || clock.now() - found.at > LIFETIME_MS) return 'expired_url';
      return found.uses >= MOST_USES ? 'used_url' : found.place;
    },
    use(key) {
      const found = issued.get(key);
      if (found) found.uses += 1;
    },
  };
}
