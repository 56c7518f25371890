import { finish, leftOf } from '../rules/advance.ts';
import type { ConsumerRecord } from '../rules/consumer.ts';
import type { RotatedCredential } from '../rules/credential.ts';
import { leftOfFleet, leftOnWayBack } from '../rules/fleet.ts';
import type { InstanceRecord } from '../rules/instance.ts';
import { isRestarted, isService } from '../rules/plan.ts';
import type { Rotation, RotationKey, Trouble } from '../rules/rotation.ts';
import { beginGoingBack, loseWayBack, pause, resume, wentBack } from '../rules/standing-still.ts';
import type { Verb } from '../rules/story.ts';
import { close } from '../rules/transitions.ts';
import type { StoryDeps } from '../story-deps.ts';
import { advance, next } from './advance.ts';
import { audit } from './check.ts';
import { leaveHostOut, tryHostsAgain } from './host-choice.ts';
import { withOwnAttempt } from './own-attempt.ts';
import { tell } from './tell.ts';
import { oldLoginWorks } from './way-back.ts';

/**
 * Decides what follows from trouble. Only trouble with the login itself goes back by itself, and only where the old
 * login was accepted a moment ago; everything else stands still until a person chooses.
 */
export async function judgeTrouble(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const before = await deps.ledger.read(key);
  if (!before?.trouble || !isUnderWay(before)) return next(deps, before);
  const trouble = await withOwnAttempt(deps, before, before.trouble);
  const canGoBack = await oldLoginWorks(deps, before, trouble.pull?.image);
  const now = deps.clock.now();
  const rotation = await advance(deps, key, (current) =>
    trouble.cause === 'login' && canGoBack && !stopOf(current)
      ? beginGoingBack({ ...current, trouble })
      : pause(current, trouble, canGoBack, now),
  );
  await audit(deps, rotation, `trouble-${trouble.cause}`);
  await tell(deps, rotation, { final: true });
  return next(deps, rotation);
}

/** Somebody pressed Stop. Stop is not undo: nothing is taken back before it is asked for. */
export async function pauseHere(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const before = await deps.ledger.read(key);
  const pressed = before && stopOf(before);
  if (!before || !pressed) return next(deps, before);
  const { by, at } = pressed;
  const canGoBack = await oldLoginWorks(deps, before);
  const trouble: Trouble = { cause: 'stopped', detail: by, at };
  const rotation = await advance(deps, key, (current) =>
    pause(current, trouble, canGoBack, deps.clock.now()),
  );
  await audit(deps, rotation, 'stopped', by);
  await tell(deps, rotation, { final: true });
  return next(deps, rotation);
}

/** Does what was chosen on the paused screen. */
export async function followChoice(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const before = await deps.ledger.read(key);
  if (before?.state.phase !== 'paused' || !before.state.choice) return next(deps, before);
  const { does, by } = before.state.choice;
  if (does === 'go-back' && !(await oldLoginWorks(deps, before, before.trouble?.pull?.image)))
    return standOn(deps, before, by);
  if (does === 'leave-out') await leaveOut(deps, before);
  if (does === 'leave-out' || does === 'try-again') {
    await tryHostsAgain(deps, before);
    await restartLimits(deps, before);
  }
  const records = await deps.ledger.consumers(key);
  const instances = await deps.ledger.instances(key);
  const rotation = await advance(deps, key, (current) =>
    chosen(current, records, instances, deps.clock.now()),
  );
  await audit(deps, rotation, `chose-${does}`, by);
  await tell(deps, rotation, { final: true });
  return next(deps, rotation);
}

/** What was accepted when it stood still is perhaps hours old: nothing moves to a login that is refused now. */
async function standOn(deps: StoryDeps, before: Rotation, by: string): Promise<Verb> {
  const rotation = await advance(deps, before, (current) => loseWayBack(current, deps.clock.now()));
  await audit(deps, rotation, 'way-back-lost', by);
  await tell(deps, rotation, { final: true });
  return next(deps, rotation);
}

/**
 * The old login becomes the one in use again, where ours still is. What someone else set stays, and the rotation stands
 * still over it, unless that is why it stood still before: then everything else goes back.
 */
export async function goBack(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const before = await deps.ledger.read(key);
  if (before?.state.phase !== 'going-back' || before.state.step !== 'move') return next(deps, before);
  const conflict = await moveBack(deps, before);
  const now = deps.clock.now();
  const rotation = await advance(deps, key, (current) =>
    conflict
      ? pause(current, { cause: 'changed-by-someone', detail: conflict.name, at: now }, false, now)
      : wentBack(current, now + deps.settings.settleMs),
  );
  await audit(deps, rotation, conflict ? 'changed-by-someone' : 'went-back');
  await tell(deps, rotation, { final: true });
  return next(deps, rotation);
}

async function moveBack(deps: StoryDeps, rotation: Rotation): Promise<RotatedCredential | undefined> {
  const { trouble } = rotation;
  const known = trouble?.cause === 'changed-by-someone' ? trouble.detail : undefined;
  let conflict: RotatedCredential | undefined;
  for (const credential of rotation.credentials) {
    const { baseVersionId, stagedVersionId, name } = credential;
    if (baseVersionId === stagedVersionId) continue;
    const answer = await deps.credentials.move(credential, stagedVersionId, baseVersionId);
    if (answer.result === 'changed-by-someone' && name !== known) conflict ??= credential;
  }
  return conflict;
}

function isUnderWay({ state }: Rotation): boolean {
  return state.phase === 'rolling' || state.phase === 'fleet';
}

function stopOf({ state }: Rotation): { readonly by: string; readonly at: number } | undefined {
  return state.phase === 'rolling' || state.phase === 'fleet' ? state.stop : undefined;
}

function chosen(
  rotation: Rotation,
  records: readonly ConsumerRecord[],
  instances: readonly InstanceRecord[],
  now: number,
): Rotation {
  const { state } = rotation;
  if (state.phase !== 'paused' || !state.choice) return rotation;
  switch (state.choice.does) {
    case 'go-back':
      return beginGoingBack(rotation, state.choice.by);
    case 'leave': {
      const isBack = state.goingBack !== undefined && state.goingBack !== 'move';
      const outcome = isBack ? 'rolled-back' : 'finished';
      const ending = { outcome, because: 'left-as-it-is', by: state.choice.by, at: now } as const;
      const hosts = isBack ? leftOnWayBack(instances) : leftOfFleet(instances);
      return close(rotation, { ...ending, left: [...leftOf(records), ...hosts] });
    }
    case 'try-again':
    case 'leave-out':
      return state.groups === 0 && rotation.settledAt && !state.goingBack && !state.fleet
        ? finish(rotation, records, now, instances)
        : resume(rotation, now);
  }
}

/** The service in trouble is left to its owner; its next start will prove it. */
async function leaveOut(deps: StoryDeps, rotation: Rotation): Promise<void> {
  await leaveHostOut(deps, rotation);
  const records = await deps.ledger.consumers(rotation);
  const record = records.find(({ consumer }) => consumer.id === rotation.trouble?.consumerId);
  if (!record || !isService(record) || !isRestarted(record)) return;
  await deps.ledger.saveConsumer(rotation, {
    ...record,
    planned: { action: 'leave-out', because: 'by-hand' },
  });
}

/** The time a rotation stood still does not count against its services. */
async function restartLimits(deps: StoryDeps, rotation: Rotation): Promise<void> {
  const limitFrom = deps.clock.now();
  for (const record of await deps.ledger.consumers(rotation)) {
    const { progress } = record;
    if (progress.is !== 'restarting') continue;
    await deps.ledger.saveConsumer(rotation, { ...record, progress: { ...progress, limitFrom } });
  }
}
