import type { ConsumerRecord, LeftOutBecause } from '../rules/consumer.ts';
import { isHalved, isMore, makePlan } from '../rules/plan.ts';
import type { RotationKey } from '../rules/rotation.ts';
import type { CheckingDeps } from './deps.ts';
import { mustRead, scanConsumers } from './run-checks.ts';

/**
 * Scans again and compares with the approved plan. A plan that holds more is not saved, so that a repeat finds it again;
 * one that holds the same or less is what will be done. What the checks left out for its images stays left out.
 */
export async function replan(deps: CheckingDeps, key: RotationKey): Promise<{ more: boolean }> {
  const rotation = await mustRead(deps, key);
  const approved = await deps.ledger.consumers(key);
  const consumers = await scanConsumers(deps, rotation);
  const plan = makePlan(consumers, {
    redeploy: rotation.ask.redeploy,
    movedTags: leftOutFor(approved, 'moved-tag'),
    unreadable: leftOutFor(approved, 'unreadable'),
    halved: new Set(approved.filter(isHalved).map(({ consumer }) => consumer.id)),
    groupPercent: deps.groupPercent,
  });
  const more = isMore(approved, plan);
  if (!more) await deps.ledger.saveConsumers(key, plan);
  return { more };
}

function leftOutFor(records: readonly ConsumerRecord[], because: LeftOutBecause): Set<string> {
  const leftOut = records.filter(
    ({ planned }) => planned.action === 'leave-out' && planned.because === because,
  );
  return new Set(leftOut.map(({ consumer }) => consumer.id));
}
