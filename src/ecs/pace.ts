import type { Clock } from '../clock.ts';

/** AWS's buckets, each for an account and region (docs: ECS request throttling): calls at once, and a second. */
const buckets = {
  'cluster-read': { burst: 50, perSecond: 20 },
  'service-read': { burst: 100, perSecond: 20 },
  'service-modify': { burst: 50, perSecond: 5 },
  'service-deployment': { burst: 50, perSecond: 20 },
  'task-definition-read': { burst: 50, perSecond: 20 },
  /** ListTasks, DescribeTasks and the same for container instances. */
  'cluster-resource-read': { burst: 100, perSecond: 20 },
} as const;

export type Bucket = keyof typeof buckets;

/** Waits until a call of this bucket may be made. */
export type Pace = (bucket: Bucket) => Promise<void>;

/**
 * Keeps to the API's pace of one account and region, so that a scan of thousands of services is not throttled and
 * leaves the account's own automation some air. Every bucket is full at the start.
 */
export function createPace(clock: Clock): Pace {
  // When each bucket will have been used up to its sustained rate: the "theoretical arrival time" of GCRA.
  const usedUntil = new Map<Bucket, number>();
  return async (bucket) => {
    const { burst, perSecond } = buckets[bucket];
    const interval = 1000 / perSecond;
    const until = Math.max(usedUntil.get(bucket) ?? 0, clock.now()) + interval;
    usedUntil.set(bucket, until);
    const wait = until - burst * interval - clock.now();
    if (wait > 0) await clock.sleep(wait);
  };
}
