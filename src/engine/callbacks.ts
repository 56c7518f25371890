import { randomUUID } from 'node:crypto';
import type { CallbackOptions, ErrorObject, Operation } from '@aws/durable-execution-sdk-js';

/** A callback nobody has completed yet. Instants are milliseconds of the engine's clock. */
export interface OpenCallback {
  readonly id: string;
  readonly operationId: string;
  readonly expiresAt: number | undefined;
  readonly heartbeatAt: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

/** How a callback ends: with a result (text, usually JSON) or with an error. */
export type CallbackOutcome = { readonly Result?: string } | { readonly Error: ErrorObject };

/** A callback that has just been asked for. */
export function openCallback(
  id: string,
  operationId: string,
  options: CallbackOptions | undefined,
  at: number,
): OpenCallback {
  const heartbeatSeconds = options?.HeartbeatTimeoutSeconds || undefined;
  return {
    id,
    operationId,
    expiresAt: options?.TimeoutSeconds ? at + options.TimeoutSeconds * 1000 : undefined,
    heartbeatAt: heartbeatSeconds && at + heartbeatSeconds * 1000,
    heartbeatSeconds,
  };
}

/** The callback after a sign of life from whoever holds it. */
export function beat(callback: OpenCallback, at: number): OpenCallback {
  return callback.heartbeatSeconds === undefined
    ? callback
    : { ...callback, heartbeatAt: at + callback.heartbeatSeconds * 1000 };
}

/** Why the callback has run out by `at`, in the words of AWS's testing package; undefined while it has not. */
export function expiry(callback: OpenCallback, at: number): string | undefined {
  if ((callback.expiresAt ?? Number.POSITIVE_INFINITY) <= at) return 'Callback timed out';
  if ((callback.heartbeatAt ?? Number.POSITIVE_INFINITY) <= at) return 'Callback timed out on heartbeat';
  return undefined;
}

/** The CALLBACK operation after its end. */
export function endCallback(
  operation: Operation,
  status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT',
  outcome: CallbackOutcome,
  at: number,
): Operation {
  const details = { CallbackId: operation.CallbackDetails?.CallbackId, ...outcome };
  return { ...operation, Status: status, EndTimestamp: new Date(at), CallbackDetails: details };
}

/** A fresh id in the form the API asks for: base64, unguessable. It serves for checkpoint tokens too. */
export function newOpaqueId(kind: 'callback' | 'token'): string {
  return Buffer.from(`${kind}:${randomUUID()}:${randomUUID()}`).toString('base64');
}
