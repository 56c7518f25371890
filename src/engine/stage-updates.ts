import type { Operation, OperationUpdate } from '@aws/durable-execution-sdk-js';
import { newOpaqueId, type OpenCallback, openCallback } from './callbacks.ts';
import { chargeUpdate, type Usage } from './limits.ts';
import { applyUpdate } from './operations.ts';
import type { ExecutionChange } from './store.ts';

/**
 * What the updates of one checkpoint, in their order, make of an execution; nothing is changed yet. Updates of the
 * execution itself are charged and left to the caller.
 * @throws {DurableExecutionClientError} for a broken limit or an impossible update: then none of them counts.
 */
export function stageUpdates(
  operations: ReadonlyMap<string, Operation>,
  usageBefore: Usage,
  updates: readonly OperationUpdate[],
  at: number,
): ExecutionChange {
  const staged = new Map<string, Operation>();
  const opened: OpenCallback[] = [];
  const closed: string[] = [];
  let usage = usageBefore;
  for (const update of updates) {
    const id = update.Id ?? '';
    const before = staged.get(id) ?? operations.get(id);
    usage = chargeUpdate(usage, before, update);
    if (update.Type === 'EXECUTION') continue;
    const after = applyUpdate(before, update, at, () => newOpaqueId('callback'));
    staged.set(id, after);
    const callbackId = after.CallbackDetails?.CallbackId;
    if (callbackId && update.Action === 'START')
      opened.push(openCallback(callbackId, id, update.CallbackOptions, at));
    if (callbackId && update.Action === 'CANCEL') closed.push(callbackId);
  }
  return { operations: [...staged.values()], opened, closed, usage };
}
