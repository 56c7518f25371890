/** How changing the hosts moves a rotation on: total functions, answering the record unchanged where they do not apply. */

import { finish } from './advance.ts';
import type { ConsumerRecord } from './consumer.ts';
import type { InstanceRecord } from './instance.ts';
import type { Rotation } from './rotation.ts';

/** Every host of the wave has come back, or was not reached: the next one. */
export function endWave(rotation: Rotation, wave: number): Rotation {
  const { state } = rotation;
  if (state.phase !== 'fleet' || state.wave !== wave || wave >= state.waves) return rotation;
  return { ...rotation, state: { ...state, wave: wave + 1 } };
}

/** Hosts have joined meanwhile, and are planned in waves of their own. */
export function addWaves(rotation: Rotation, waves: number): Rotation {
  const { state } = rotation;
  if (state.phase !== 'fleet' || waves <= state.waves) return rotation;
  return { ...rotation, state: { ...state, waves } };
}

/** No host is left to be changed: the services follow, or where they have been restarted the end. */
export function endFleet(
  rotation: Rotation,
  at: {
    readonly now: number;
    readonly groups: number;
    readonly records: readonly ConsumerRecord[];
    readonly instances: readonly InstanceRecord[];
  },
): Rotation {
  const { state } = rotation;
  if (state.phase !== 'fleet') return rotation;
  if (state.rolled) return finish(rotation, at.records, at.now, at.instances);
  const { stop } = state;
  const rolling = { phase: 'rolling', group: 0, groups: at.groups, step: 'restart', since: at.now } as const;
  return { ...rotation, state: { ...rolling, ...(stop ? { stop } : {}) } };
}

/** Every host that was changed has the login of before again; the services follow. */
export function endFleetBack(rotation: Rotation, now: number): Rotation {
  const { state } = rotation;
  if (state.phase !== 'going-back' || state.step !== 'fleet') return rotation;
  return { ...rotation, state: { ...state, step: 'restart', since: now } };
}
