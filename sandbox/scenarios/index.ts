import * as approving from './approving.ts';
import * as asking from './asking.ts';
import * as checking from './checking.ts';
import * as emergency from './emergency.ts';
import * as failing from './failing.ts';
import * as goingWell from './going-well.ts';
import * as keeper from './keeper.ts';
import type { Scenario } from './scenario.ts';
import * as standingStill from './standing-still.ts';
import * as stopping from './stopping.ts';
import * as weather from './weather.ts';

/** Every scenario, in the order of the docs. */
export const scenarios: readonly Scenario[] = [
  ...Object.values(goingWell),
  ...Object.values(asking),
  ...Object.values(checking),
  ...Object.values(approving),
  ...Object.values(failing),
  ...Object.values(standingStill),
  ...Object.values(stopping),
  ...Object.values(emergency),
  ...Object.values(weather),
  ...Object.values(keeper),
];
