import type { LambdaClient } from '@aws-sdk/client-lambda';
import { type StoreAnswer, type StoreRequest, storeAnswer } from '../rotation/requests.ts';
import { callFunction } from './invoke.ts';

/** The storing function: the only one that is sent a credential's value. */
export interface Storing {
  /** Waits for the answer. What it throws holds neither the request nor what came back. */
  store(request: StoreRequest): Promise<StoreAnswer>;
}

export function createStoring(client: LambdaClient, functionName: string): Storing {
  const called = { client, name: functionName, carriesValue: true };
  return { store: (request) => callFunction(called, request, storeAnswer) };
}
