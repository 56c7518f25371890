import { afterChecks, afterConfirming, type Terms } from '../rules/advance.ts';
import { fingerprintOf } from '../rules/fingerprint.ts';
import type { Rotation, RotationKey } from '../rules/rotation.ts';
import type { Verb } from '../rules/story.ts';
import type { StoryDeps } from '../story-deps.ts';
import { advance, next } from './advance.ts';
import { tell } from './tell.ts';

/** Tries both logins on every image, then asks for approval, or says why it cannot start. */
export async function check(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const before = await deps.ledger.read(key);
  // A repeat would replace the plan that people are asked to approve.
  if (before?.state.phase !== 'checking') return next(deps, before);
  await tell(deps, before);
  const result = await deps.checker.check(key);
  const records = await deps.ledger.consumers(key);
  const rotation = await advance(deps, key, (current) =>
    afterChecks(current, { ...result, fingerprint: fingerprintOf(current, records) }, termsOf(deps, current)),
  );
  await audit(deps, rotation, result.stopped ? 'cannot-start' : 'checked');
  await tell(deps, rotation, { final: true });
  return next(deps, rotation);
}

/** Approved: looks once more at what would restart, and repeats checks that have grown old. */
export async function confirm(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const before = await deps.ledger.read(key);
  if (before?.state.phase !== 'approved') return next(deps, before);
  const result = await lookOnceMore(deps, before);
  const rotation = await advance(deps, key, (current) =>
    afterConfirming(current, result, termsOf(deps, current)),
  );
  await audit(deps, rotation, result.stopped ? 'cannot-start' : result.more ? 'asks-again' : 'confirmed');
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

type Confirmed = Parameters<typeof afterConfirming>[1];

/** Repeated checks make a plan of their own: a tag that has moved back restarts a service nobody approved. */
async function lookOnceMore(deps: StoryDeps, rotation: Rotation): Promise<Confirmed> {
  const { more } = await deps.checker.replan(rotation);
  if (more || !isOld(deps, rotation)) return { more, stopped: false };
  const again = await deps.checker.check(rotation);
  return { more: again.more, stopped: again.stopped, checked: { oldLoginWorks: again.oldLoginWorks } };
}

function isOld(deps: StoryDeps, rotation: Rotation): boolean {
  return deps.clock.now() - (rotation.checkedAt ?? 0) > deps.settings.checksKeepMs;
}
