import type { Rotation } from '../rotation/rules/rotation.ts';
import { holdsLock, mayBeReplaced } from '../rotation/rules/transitions.ts';
import type { SlackDependencies } from './dependencies.ts';

/** What stands in the way of a new request for a registry: something that waits and may be replaced, or not. */
export async function openRequest(
  { ledger, clock }: Pick<SlackDependencies, 'ledger' | 'clock'>,
  registry: string,
): Promise<{ readonly waiting?: Rotation; readonly held?: Rotation }> {
  const open = await ledger.open(registry);
  if (!open || !holdsLock(open, clock.now())) return {};
  return mayBeReplaced(open) ? { waiting: open } : { held: open };
}
