import type { Announcer, Checker, Clock, Credentials, Executions, Ledger } from './ports.ts';
import type { Rotation, Trouble } from './rules/rotation.ts';
import { pause } from './rules/standing-still.ts';
import { close, isUnapproved } from './rules/transitions.ts';
import { advance } from './steps/advance.ts';
import { audit } from './steps/check.ts';
import { markTidied } from './steps/end.ts';
import { tell } from './steps/tell.ts';
import { oldLoginWorks } from './steps/way-back.ts';

/** What the keeper may use. It never moves the login in use: that is left to a person and a fresh execution. */
export interface KeeperDeps {
  readonly ledger: Ledger;
  readonly credentials: Credentials;
  readonly checker: Checker;
  readonly announcer: Announcer;
  readonly executions: Executions;
  readonly clock: Clock;
  /** Told of a rotation that could not be looked after now. */
  readonly onFailure?: (rotation: Rotation, error: unknown) => void;
}

/**
 * Looks after every open rotation whose execution is gone: nothing relies on a `finally`. Called every five minutes and
 * when an execution failed, timed out or was stopped. One that cannot be looked after holds up no other; its error is
 * thrown at the end.
 */
export async function sweep(deps: KeeperDeps): Promise<{ kept: number }> {
  let kept = 0;
  const failures: unknown[] = [];
  for (const rotation of await deps.ledger.listUnfinished()) {
    try {
      if (await keep(deps, rotation)) kept += 1;
    } catch (error) {
      deps.onFailure?.(rotation, error);
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return { kept };
}

async function keep(deps: KeeperDeps, rotation: Rotation): Promise<boolean> {
  if (rotation.state.phase === 'staging') return endUnstored(deps, rotation, rotation.state.leaseUntil);
  const status = await deps.executions.statusOf(rotation, rotation.generation);
  if (status === 'running') return false;
  if (rotation.state.phase === 'closed') return tidyUp(deps, rotation);
  if (status === 'none') return startAgain(deps, rotation);
  return (await hasChanged(deps, rotation)) ? standStill(deps, rotation) : endUnchanged(deps, rotation);
}

/** The value never came, or storing it was cut off, perhaps at the second secret: nobody waits for it after the lease. */
async function endUnstored(deps: KeeperDeps, rotation: Rotation, leaseUntil: number): Promise<boolean> {
  if (deps.clock.now() < leaseUntil) return false;
  await end(deps, rotation, 'never-stored');
  await removeLabels(deps, rotation);
  await markTidied(deps, rotation);
  return true;
}

/** Stored, but whoever was to start the workflow did not: a start by the same name is the same execution. */
async function startAgain(deps: KeeperDeps, rotation: Rotation): Promise<boolean> {
  await deps.executions.start(rotation, rotation.generation);
  return true;
}

/** Ended, and cut off before our labels and settings were taken back: a fresh execution does that. */
async function tidyUp(deps: KeeperDeps, ended: Rotation): Promise<boolean> {
  const generation = ended.generation + 1;
  await deps.ledger.change<never>(ended, (rotation) => ({ rotation: { ...rotation, generation } }), {
    ended: true,
  });
  await deps.executions.start(ended, generation);
  return true;
}

/** Nothing was changed, and nobody can approve any more what no execution waits for. */
async function endUnchanged(deps: KeeperDeps, rotation: Rotation): Promise<boolean> {
  const ended = await end(deps, rotation, 'lost');
  await removeLabels(deps, rotation);
  await tell(deps, ended, { final: true });
  await markTidied(deps, rotation);
  return true;
}

async function removeLabels(deps: KeeperDeps, { credentials }: Rotation): Promise<void> {
  for (const credential of credentials) {
    await deps.credentials.removeLabels(credential, { keepPending: false });
  }
}

/** The login in use had changed: the lock stays, and a fresh execution waits for Go Back or Leave As It Is. */
async function standStill(deps: KeeperDeps, lost: Rotation): Promise<boolean> {
  const now = deps.clock.now();
  const trouble: Trouble = { cause: 'execution-lost', at: now };
  const canGoBack = await oldLoginWorks(deps, lost);
  const generation = lost.generation + 1;
  const rotation = await advance(deps, lost, (current) => {
    if (current.generation >= generation) return current;
    // A rotation that already stood still keeps its screen.
    const still = current.state.phase === 'paused' ? current : pause(current, trouble, canGoBack, now);
    return { ...still, generation };
  });
  await audit(deps, rotation, 'execution-lost');
  await deps.executions.start(lost, generation);
  await tell(deps, rotation, { final: true });
  return true;
}

async function hasChanged(deps: KeeperDeps, rotation: Rotation): Promise<boolean> {
  if (isUnapproved(rotation) || rotation.state.phase === 'approved') return false;
  if (rotation.state.phase !== 'changing') return true;
  for (const credential of rotation.credentials) {
    const { currentVersionId } = await deps.credentials.condition(credential);
    if (currentVersionId === credential.stagedVersionId) return true;
  }
  return false;
}

async function end(
  deps: KeeperDeps,
  rotation: Rotation,
  because: 'never-stored' | 'lost',
): Promise<Rotation | undefined> {
  const at = deps.clock.now();
  const ended = await advance(deps, rotation, (current) =>
    current.state.phase === rotation.state.phase
      ? close(current, { outcome: 'cancelled', because, at })
      : current,
  );
  await audit(deps, ended, `closed-${because}`);
  return ended;
}
