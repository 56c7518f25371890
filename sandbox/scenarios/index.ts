import * as approving from './approving.ts';
import * as asking from './asking.ts';
import * as checking from './checking.ts';
import * as goingWell from './going-well.ts';
import type { Scenario } from './scenario.ts';

/** Every scenario, in the order of the docs. */
export const scenarios: readonly Scenario[] = [
  ...Object.values(goingWell),
  ...Object.values(asking),
  ...Object.values(checking),
  ...Object.values(approving),
];
