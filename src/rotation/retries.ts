import { createRetryStrategy, type StepConfig } from '@aws/durable-execution-sdk-js';
import type { Verb } from './rules/story.ts';
import type { Action } from './workflow.ts';

type Retry = NonNullable<StepConfig<Verb>['retryStrategy']>;

/** Reading and telling: soon again, and for some minutes. */
export const patiently: Retry = createRetryStrategy({
  maxAttempts: 6,
  initialDelay: { seconds: 2 },
  maxDelay: { seconds: 60 },
});
/** A round of checks is long; a third failure is told. */
const thrice: Retry = createRetryStrategy({
  maxAttempts: 3,
  initialDelay: { seconds: 5 },
  maxDelay: { seconds: 30 },
});
/** Writes on AWS, each of which looks first: a failure is told within about a minute. */
const briskly: Retry = createRetryStrategy({
  maxAttempts: 5,
  initialDelay: { seconds: 2 },
  maxDelay: { seconds: 20 },
});

/** The retry of every action: the SDK's own would try six times over minutes, whatever the error. */
export const retryOf: Readonly<Record<Action, Retry>> = {
  look: patiently,
  check: thrice,
  remind: patiently,
  confirm: thrice,
  change: briskly,
  apply: briskly,
  restart: briskly,
  watch: patiently,
  judge: patiently,
  pause: patiently,
  'follow-choice': patiently,
  'go-back': briskly,
  tidy: patiently,
};
