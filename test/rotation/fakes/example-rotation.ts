import type { ConsumerRecord, ServiceConsumer } from '../../../src/rotation/rules/consumer.ts';
import type { ServiceRecord } from '../../../src/rotation/rules/plan.ts';
import type { Phase, Rotation, RotationState } from '../../../src/rotation/rules/rotation.ts';
import { prodSecret, serviceOf } from './example-consumers.ts';

export const now = Date.UTC(2026, 10, 20, 14, 0);
export const minutes = 60_000;
export const hours = 60 * minutes;

type StateOf<P extends Phase> = Extract<RotationState, { phase: P }>;

/** Every phase once, as it stands at `now`. */
export const states: { readonly [P in Phase]: StateOf<P> } = {
  staging: { phase: 'staging', leaseUntil: now + minutes },
  checking: { phase: 'checking', since: now, round: 1 },
  'cannot-start': { phase: 'cannot-start', expiresAt: now + 4 * hours, remindAt: now + hours },
  waiting: {
    phase: 'waiting',
    fingerprint: 'f1',
    expiresAt: now + 4 * hours,
    needed: 1,
    round: 1,
    remindAt: now + hours,
  },
  approved: { phase: 'approved', fingerprint: 'f1', round: 1 },
  changing: { phase: 'changing' },
  fleet: { phase: 'fleet', wave: 1, waves: 3, since: now - hours },
  rolling: { phase: 'rolling', group: 1, groups: 3, step: 'watch', since: now - hours },
  paused: { phase: 'paused', canGoBack: true, since: now, group: 1, groups: 3, remindAt: now + 30 * minutes },
  'going-back': { phase: 'going-back', step: 'move', since: 0 },
  closed: { phase: 'closed', outcome: 'done', because: 'proved', at: now, left: [] },
};

export const phases = Object.keys(states) as readonly Phase[]; // the keys of `states` are the phases

export function rotationIn(state: RotationState | Phase, changes: Partial<Rotation> = {}): Rotation {
  return {
    schema: 1,
    rev: 3,
    registry: 'ghcr.io',
    id: '7K2M9',
    ask: {
      by: 'U_AYA',
      at: now,
      channel: 'C_OPS',
      why: 'planned',
      redeploy: 'all',
      entry: 'here',
      userName: 'acme-pull',
    },
    credentials: [
      {
        kind: 'secret',
        target: 'main',
        id: prodSecret,
        name: 'prod/ghcr-pull',
        baseVersionId: 'base',
        stagedVersionId: 'staged',
      },
    ],
    state: typeof state === 'string' ? states[state] : state,
    approvals: [],
    generation: 1,
    ...changes,
  };
}

export function recordOf(
  name: string,
  parts: Partial<Omit<ConsumerRecord, 'consumer'>> & { readonly consumer?: Partial<ServiceConsumer> } = {},
): ServiceRecord {
  return {
    planned: { action: 'restart', group: 1 },
    progress: { is: 'not-started' },
    verdict: { is: 'unproven', because: 'next-start' },
    ...parts,
    consumer: serviceOf(name, parts.consumer),
  };
}
