/** How the story itself moves a rotation on: total functions, answering the record unchanged where they do not apply. */

import type { ConsumerRecord } from './consumer.ts';
import { hasFleet, leftOfFleet } from './fleet.ts';
import { countWaves } from './fleet-plan.ts';
import type { InstanceRecord } from './instance.ts';
import type { Left, Rotation, Trouble } from './rotation.ts';
import { close } from './transitions.ts';

/** Durations in milliseconds; times in milliseconds since the epoch. */
export interface Terms {
  readonly now: number;
  readonly approvalMs: number;
  readonly remindMs: number;
  readonly approvalsNeeded: number;
  /** How long after the checks a start without approval is offered; undefined where it is not configured. */
  readonly emergencyAfterMs?: number;
}

export interface CheckResult {
  readonly stopped: boolean;
  readonly oldLoginWorks?: boolean;
  readonly fingerprint: string;
}

/** What repeated checks said of the login in use. */
export interface OldLogin {
  readonly oldLoginWorks: boolean | undefined;
}

/** A round of checks has ended: nobody can approve what is stopped. */
export function afterChecks(rotation: Rotation, result: CheckResult, terms: Terms): Rotation {
  if (rotation.state.phase !== 'checking') return rotation;
  const checked = { ...rotation, checkedAt: terms.now, oldLoginWorks: result.oldLoginWorks };
  const { remindAt, expiresAt } = deadlines(terms);
  if (result.stopped) return { ...checked, state: { phase: 'cannot-start', expiresAt, remindAt } };
  return askForApproval(checked, result.fingerprint, rotation.state.round, terms);
}

/**
 * The plan once more, right before the change. More than was approved is checked and asked for again, twice at most;
 * checks that no longer let it start show why. A start without approval is one over a refused login: where that is
 * accepted again, approval is asked for.
 */
export function afterConfirming(
  before: Rotation,
  result: { readonly more: boolean; readonly stopped: boolean; readonly checked?: OldLogin },
  terms: Terms,
): Rotation {
  const { state } = before;
  if (state.phase !== 'approved') return before;
  const { now } = terms;
  const rotation = result.checked ? { ...before, ...result.checked, checkedAt: now } : before;
  if (result.stopped)
    return { ...withoutApprovals(rotation), state: { phase: 'cannot-start', ...deadlines(terms) } };
  const mustAsk = result.more || (isEmergency(rotation) && rotation.oldLoginWorks !== false);
  if (!mustAsk) return { ...rotation, startedAt: now, state: { phase: 'changing' } };
  if (state.round > 2) return close(rotation, { outcome: 'refused', because: 'asked-too-often', at: now });
  return {
    ...withoutApprovals(rotation),
    state: { phase: 'checking', since: now, round: state.round + 1 },
  };
}

/** Nobody has approved it any more, nor has anybody started it. */
export function withoutApprovals({ unreviewed: _notStarted, ...rotation }: Rotation): Rotation {
  return { ...rotation, approvals: [] };
}

/** The login in use is the new one now, everywhere; the hosts or the groups follow once it has settled. */
export function beginRollout(
  rotation: Rotation,
  at: { settledAt: number; groups: number; waves?: number },
): Rotation {
  if (rotation.state.phase !== 'changing') return rotation;
  if (hasFleet(rotation)) {
    const hosts = { phase: 'fleet', wave: 0, waves: at.waves ?? 0, since: at.settledAt } as const;
    return { ...rotation, settledAt: at.settledAt, state: hosts };
  }
  const state = {
    phase: 'rolling',
    group: 0,
    groups: at.groups,
    step: 'restart',
    since: at.settledAt,
  } as const;
  return { ...rotation, settledAt: at.settledAt, state };
}

/** A group has been restarted, or none of it needed to be: it is watched now. */
export function beginWatch(rotation: Rotation): Rotation {
  const { state } = rotation;
  if (state.phase !== 'rolling' && state.phase !== 'going-back') return rotation;
  return { ...rotation, state: { ...state, step: 'watch' } };
}

/** A group is proved and steady: the next one, or once more the hosts, which may have been joined by others; or the end. */
export function endGroup(
  rotation: Rotation,
  group: number,
  records: readonly ConsumerRecord[],
  now: number,
  instances: readonly InstanceRecord[] = [],
): Rotation {
  const { state } = rotation;
  if (state.phase !== 'rolling' || state.group !== group) return rotation;
  if (group + 1 < state.groups)
    return { ...rotation, state: { ...state, group: group + 1, step: 'restart' } };
  if (!hasFleet(rotation)) return finish(rotation, records, now);
  const waves = countWaves(instances);
  return { ...rotation, state: { phase: 'fleet', wave: waves, waves, since: now, rolled: true } };
}

/** Everything that was to be restarted is steady: done, or finished with what is left. */
export function finish(
  rotation: Rotation,
  records: readonly ConsumerRecord[],
  now: number,
  instances: readonly InstanceRecord[] = [],
): Rotation {
  const left = [...leftOf(records), ...leftOfFleet(instances)];
  return close(rotation, {
    outcome: left.length > 0 ? 'finished' : 'done',
    because: 'proved',
    at: now,
    left,
  });
}

/** The consumers not proven, and why, in the words of the plan and the verdict. */
export function leftOf(records: readonly ConsumerRecord[]): Left[] {
  return records
    .filter(({ verdict }) => verdict.is !== 'pulled')
    .map(({ consumer, planned, verdict }) => ({
      consumerId: consumer.id,
      name: consumer.name,
      because:
        planned.action === 'leave-out'
          ? planned.because
          : verdict.is === 'unproven'
            ? verdict.because
            : verdict.is,
    }));
}

/** Something went wrong in the rollout; what follows from it is decided next. */
export function meetTrouble(rotation: Rotation, trouble: Trouble): Rotation {
  const { phase } = rotation.state;
  return phase === 'rolling' || phase === 'fleet' ? { ...rotation, trouble } : rotation;
}

function isEmergency({ approvals }: Rotation): boolean {
  return approvals.some(({ emergency }) => emergency !== undefined);
}

function askForApproval(rotation: Rotation, fingerprint: string, round: number, terms: Terms): Rotation {
  if (terms.approvalsNeeded === 0) return { ...rotation, state: { phase: 'approved', fingerprint, round } };
  const offersEmergency = terms.emergencyAfterMs !== undefined && rotation.oldLoginWorks === false;
  return {
    ...rotation,
    state: {
      phase: 'waiting',
      fingerprint,
      round,
      needed: terms.approvalsNeeded,
      ...deadlines(terms),
      ...(offersEmergency ? { emergencyFrom: terms.now + (terms.emergencyAfterMs ?? 0) } : {}),
    },
  };
}

function deadlines(terms: Terms): { expiresAt: number; remindAt: number } {
  return { expiresAt: terms.now + terms.approvalMs, remindAt: terms.now + terms.remindMs };
}
