import type { EcsSettings } from '../settings.ts';

const PATIENCE = 3;

/**
 * Milliseconds until the next start after `failures` start failures in a row: none for the first three, then
 * doubling with each further round of the service's tasks (ECS guide, service-throttle-logic).
 */
export function backOff(
  failures: number,
  desiredCount: number,
  { backoffFirst, backoffMost }: Pick<EcsSettings, 'backoffFirst' | 'backoffMost'>,
): number {
  if (failures < PATIENCE) return 0;
  const rounds = Math.floor(failures / Math.max(PATIENCE, desiredCount));
  return Math.min(backoffMost, backoffFirst * 2 ** Math.max(0, rounds - 1));
}
