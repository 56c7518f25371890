import * as goingWell from './going-well.ts';
import type { Scenario } from './scenario.ts';

/** Every scenario, in the order of the docs. */
export const scenarios: readonly Scenario[] = [...Object.values(goingWell)];
