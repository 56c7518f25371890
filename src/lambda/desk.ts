import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { DeskRequest } from '../rotation/requests.ts';
import { startFunction } from './invoke.ts';

/** The desk function: slow work for one person, after the click was acknowledged. */
export interface Desk {
  /** Hands the work over and does not wait for it. */
  hand(request: DeskRequest): Promise<void>;
}

export function createDesk(client: LambdaClient, functionName: string): Desk {
  return { hand: (request) => startFunction({ client, name: functionName }, request) };
}
