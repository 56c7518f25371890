import type { CommandRecord, InvocationState } from './state.ts';

/** Status of an invocation, which has fewer words than its StatusDetails. */
export function statusOf(state: InvocationState): string {
  switch (state) {
    case 'Terminated':
      return 'Cancelled';
    case 'DeliveryTimedOut':
      return 'TimedOut';
    case 'Undeliverable':
      return 'Failed';
    case 'Pending':
    case 'InProgress':
    case 'Success':
    case 'Failed':
    case 'Cancelled':
      return state;
    default:
      return state satisfies never;
  }
}

/**
 * The command's own status. Nodes that were never reached do not make it a failure: with nothing but those, or with
 * no node at all, it is a success.
 */
export function commandStatus({ invocations, cancelled }: CommandRecord): string {
  const states = invocations.map(({ state }) => state);
  if (states.some((state) => state === 'InProgress')) return 'InProgress';
  if (states.some((state) => state === 'Pending')) {
    return states.every((state) => state === 'Pending') ? 'Pending' : 'InProgress';
  }
  if (cancelled) return 'Cancelled';
  if (states.includes('Failed')) return 'Failed';
  return states.includes('DeliveryTimedOut') && !states.includes('Success') ? 'TimedOut' : 'Success';
}

export const isEnded = (state: InvocationState): boolean => state !== 'Pending' && state !== 'InProgress';
