import { again, hasFleet } from '../rules/fleet.ts';
import type { Rotation } from '../rules/rotation.ts';
import type { StoryDeps } from '../story-deps.ts';

/** The host in trouble is left to whoever looks after it. */
export async function leaveHostOut(deps: StoryDeps, rotation: Rotation): Promise<void> {
  const id = rotation.trouble?.instance?.id;
  if (id === undefined) return;
  const record = (await deps.ledger.instances(rotation)).find(({ instance }) => instance.id === id);
  if (record)
    await deps.ledger.saveInstance(rotation, { ...record, planned: { action: 'leave', because: 'by-hand' } });
}

/** Hosts that did not come back are tried anew, with a command of its own. */
export async function tryHostsAgain(deps: StoryDeps, rotation: Rotation): Promise<void> {
  if (!hasFleet(rotation)) return;
  for (const record of await deps.ledger.instances(rotation)) {
    const anew = again(rotation, record);
    if (anew !== record) await deps.ledger.saveInstance(rotation, anew);
  }
}
