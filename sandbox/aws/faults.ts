import type { Clock } from '../../src/clock.ts';
import { AwsFault } from './operation.ts';
import { createRateLimits } from './rates.ts';

/** What can be made to go wrong, each as the SDK would meet it. */
export type FaultKind =
  /** ThrottlingException, 400. */
  | 'throttle'
  /** TooManyRequestsException, 429. */
  | 'too-many-requests'
  /** ServerException, 500. */
  | 'server-error'
  /** 502 with an HTML body, as a proxy or load balancer answers: no AWS name in it. */
  | 'html-502'
  /** ExpiredTokenException, 400: the caller's own credentials have run out. */
  | 'expired-token'
  /** AccessDeniedException, 400. */
  | 'access-denied'
  /** The connection is cut before anything is done. */
  | 'reset'
  /** The operation is done, then the connection is cut: the caller cannot know. */
  | 'lost-answer'
  /** Answered, `ms` later. */
  | 'slow';

/** When a fault strikes. Without `next` or `every` it strikes each matching request until cleared. */
export interface FaultRule {
  readonly kind: FaultKind;
  /** Only this operation, such as `UpdateService`. */
  readonly operation?: string;
  /** Only this service: `ecs`, `secretsmanager`, `iam`. */
  readonly service?: string;
  /** Only the next n matching requests. */
  readonly next?: number;
  /** Only every k-th matching request: the k-th, the 2k-th, … */
  readonly every?: number;
  /** For `slow`: milliseconds of the sandbox's clock. */
  readonly ms?: number;
}

/** The knobs. Nothing in them is left to chance, so that a run can be repeated. */
export interface FaultKnobs {
  add(rule: FaultRule): void;
  /** AWS's own token buckets per group of operations, on or off (off at the start). */
  limitRates(on: boolean): void;
  /** Takes every rule back and switches the rate limits off. */
  clear(): void;
  /** The rules still in force, for a page that shows them. */
  rules(): readonly FaultRule[];
}

/** What the knobs have in store for one request. */
export interface Strike {
  readonly delayMs: number;
  readonly kind?: Exclude<FaultKind, 'slow'>;
}

/** The knobs, and `strike`, which the server asks once for each request. */
export function createFaults(clock: Clock): {
  knobs: FaultKnobs;
  strike(service: string, op: string): Strike;
} {
  const rates = createRateLimits(clock);
  let armed: ArmedRule[] = [];
  let limited = false;
  const knobs: FaultKnobs = {
    add: (rule) => void armed.push({ rule, seen: 0 }),
    limitRates: (on) => {
      limited = on;
      if (on) rates.refill();
    },
    clear: () => {
      armed = [];
      limited = false;
    },
    rules: () => armed.filter((one) => !isSpent(one)).map(({ rule }) => rule),
  };
  const strike = (service: string, operation: string): Strike => {
    const struck = strikeAll(armed, service, operation);
    armed = armed.filter((one) => !isSpent(one));
    if (struck.kind || !limited || rates.take(service, operation)) return struck;
    return { ...struck, kind: 'throttle' };
  };
  return { knobs, strike };
}

/** The error a strike answers with; undefined for those that are no AWS error. */
export function faultOf(kind: Exclude<FaultKind, 'slow'>): AwsFault | undefined {
  switch (kind) {
    case 'throttle':
      return new AwsFault('ThrottlingException', 'Rate exceeded');
    case 'too-many-requests':
      return new AwsFault('TooManyRequestsException', 'Too Many Requests', 429);
    case 'server-error':
      return new AwsFault('ServerException', 'Service Unavailable. Please try again later.', 500);
    case 'expired-token':
      return new AwsFault('ExpiredTokenException', 'The security token included in the request is expired');
    case 'access-denied':
      return new AwsFault('AccessDeniedException', 'User is not authorized to perform this action');
    case 'html-502':
    case 'reset':
    case 'lost-answer':
      return undefined;
    default:
      return kind satisfies never;
  }
}

interface ArmedRule {
  readonly rule: FaultRule;
  seen: number;
}

function strikeAll(armed: readonly ArmedRule[], service: string, operation: string): Strike {
  let delayMs = 0;
  let kind: Strike['kind'];
  for (const one of armed) {
    if (!concerns(one.rule, service, operation)) continue;
    one.seen += 1;
    if (one.rule.every !== undefined && one.seen % one.rule.every !== 0) continue;
    if (one.rule.kind === 'slow') delayMs += one.rule.ms ?? 0;
    else kind ??= one.rule.kind;
  }
  return { delayMs, ...(kind && { kind }) };
}

function concerns(rule: FaultRule, service: string, operation: string): boolean {
  return (rule.service ?? service) === service && (rule.operation ?? operation) === operation;
}

/** `next` counts matching requests, so with `every` as well it bounds how long the rule lives, not how often it strikes. */
function isSpent({ rule, seen }: ArmedRule): boolean {
  return rule.next !== undefined && seen >= rule.next;
}
