import { afterChecks, afterConfirming, type Terms } from '../rules/advance.ts';
import { fingerprintOf } from '../rules/fingerprint.ts';
import type { Rotation, RotationKey } from '../rules/rotation.ts';
import type { Verb } from '../rules/story.ts';
import type { StoryDeps } from '../story-deps.ts';
import { advance, next } from './advance.ts';
import { reply, tell } from './tell.ts';

/** Tries both logins on every image, then asks for approval, or says why it cannot start. */
export async function check(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  await tell(deps, await deps.ledger.read(key));
  const result = await deps.checker.check(key);
  const records = await deps.ledger.consumers(key);
  const rotation = await advance(deps, key, (current) =>
    afterChecks(current, { ...result, fingerprint: fingerprintOf(current, records) }, termsOf(deps, current)),
  );
  await audit(deps, rotation, result.stopped ? 'cannot-start' : 'checked');
  await tell(deps, rotation, { final: true });
  const round = rotation?.state.phase === 'waiting' ? rotation.state.round : 1;
  if (round > 1) await reply(deps, rotation, 'asked-again', `asked-again-${round}`);
  return next(deps, rotation);
}

/** Approved: looks once more at what would restart, and repeats checks that have grown old. */
export async function confirm(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const before = await deps.ledger.read(key);
  if (before?.state.phase !== 'approved') return next(deps, before);
  const { more } = await deps.checker.replan(key);
  const { stopped } = !more && isOld(deps, before) ? await deps.checker.check(key) : { stopped: false };
  const rotation = await advance(deps, key, (current) =>
    afterConfirming(current, { more, stopped }, termsOf(deps, current)),
  );
  await audit(deps, rotation, more ? 'asks-again' : 'confirmed');
  await tell(deps, rotation, { final: true });
  return next(deps, rotation);
}

export function termsOf(deps: StoryDeps, rotation: Rotation): Terms {
  const { settings } = deps;
  return {
    now: deps.clock.now(),
    approvalMs: settings.approvalMs,
    remindMs: settings.remindMs,
    approvalsNeeded: settings.approvalsFor(rotation.credentials.map(({ target }) => target)),
    ...(settings.emergency.enabled ? { emergencyAfterMs: settings.emergency.afterMs } : {}),
  };
}

/** One line of the append-only audit. */
export async function audit(
  deps: Pick<StoryDeps, 'ledger' | 'clock'>,
  rotation: Rotation | undefined,
  what: string,
  by?: string,
): Promise<void> {
  if (rotation) await deps.ledger.audit(rotation, { at: deps.clock.now(), what, ...(by ? { by } : {}) });
}

function isOld(deps: StoryDeps, rotation: Rotation): boolean {
  return deps.clock.now() - (rotation.checkedAt ?? 0) > deps.settings.checksKeepMs;
}
