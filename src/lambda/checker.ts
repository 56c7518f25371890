import type { LambdaClient } from '@aws-sdk/client-lambda';
import type * as z from 'zod';
import type { Checker } from '../rotation/ports.ts';
import {
  attemptAnswer,
  type CheckRequest,
  checkAnswer,
  replanAnswer,
  scanAnswer,
} from '../rotation/requests.ts';
import { callFunction } from './invoke.ts';

export interface RemoteChecker extends Checker {
  /** Scans every target and saves the inventory; answers how many of each there are. */
  scan(): Promise<{ readonly credentials: number; readonly consumers: number }>;
}

/** The check function, called and waited for. Its requests and answers hold words and counts, never values. */
export function createChecker(client: LambdaClient, functionName: string): RemoteChecker {
  const ask = <T>(request: CheckRequest, answer: z.ZodType<T>) =>
    callFunction({ client, name: functionName }, request, answer);
  return {
    scan: () => ask({ do: 'scan' }, scanAnswer),
    check: ({ registry, id }) => ask({ do: 'check', key: { registry, id } }, checkAnswer),
    replan: ({ registry, id }) => ask({ do: 'replan', key: { registry, id } }, replanAnswer),
    attempt: ({ registry, id }, which, images) =>
      ask({ do: 'attempt', key: { registry, id }, which, images: [...images] }, attemptAnswer),
  };
}
