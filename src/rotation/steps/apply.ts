import type { Fleet } from '../ports.ts';
import { meetTrouble } from '../rules/advance.ts';
import { addWaves, endFleet, endFleetBack, endWave } from '../rules/advance-fleet.ts';
import { begin, dueNow, isUnderWay, settle, tokenOf, troubleIn } from '../rules/fleet.ts';
import { countWaves } from '../rules/fleet-plan.ts';
import type { InstanceRecord, InstanceResult } from '../rules/instance.ts';
import { countGroups } from '../rules/plan.ts';
import type { Rotation, RotationKey } from '../rules/rotation.ts';
import { pause } from '../rules/standing-still.ts';
import type { Verb } from '../rules/story.ts';
import type { StoryDeps } from '../story-deps.ts';
import { advance, next } from './advance.ts';
import { fleetFrom } from './fleet-port.ts';
import { findJoined } from './joined.ts';
import { tell } from './tell.ts';

/**
 * One command to a wave of hosts, or what became of the one under way. What is sent is written down first, so that after
 * an interruption the command is looked up and not sent twice. Takes no longer than a watch.
 */
export async function apply(deps: StoryDeps, key: RotationKey): Promise<Verb> {
  const rotation = await deps.ledger.read(key);
  if (!rotation || next(deps, rotation).do !== 'apply') return next(deps, rotation);
  const fleet = fleetFrom(deps);
  const until = deps.clock.now() + deps.settings.watchMs;
  const before = await deps.ledger.instances(key);
  const begun = before.some(isUnderWay) ? before : await beginDue(deps, rotation, before);
  const after = await finishUnderWay(deps, fleet, rotation, begun, until);
  const follows = await whatFollows(deps, fleet, rotation, after);
  const moved = follows ? await advance(deps, key, follows) : rotation;
  await tell(deps, moved, { final: moved?.state.phase !== rotation.state.phase });
  return next(deps, moved);
}

async function beginDue(
  deps: StoryDeps,
  rotation: Rotation,
  records: readonly InstanceRecord[],
): Promise<InstanceRecord[]> {
  const due = dueNow(rotation, records);
  const back = rotation.state.phase === 'going-back' ? ({ back: true } as const) : {};
  const begun = new Map<string, InstanceRecord>();
  for (const [credentialId, own] of Map.groupBy(due, (record) => record.credentialId)) {
    const ids = own.map(({ instance }) => instance.id);
    const sent = {
      token: tokenOf(rotation, credentialId, ids),
      versionId: versionFor(rotation, credentialId),
      since: deps.clock.now(),
      ...back,
    };
    for (const record of own) begun.set(record.instance.id, begin(record, sent));
  }
  for (const record of begun.values()) await deps.ledger.saveInstance(rotation, record);
  return records.map((record) => begun.get(record.instance.id) ?? record);
}

/** Each cluster has a command of its own, and they are waited for together. */
async function finishUnderWay(
  deps: StoryDeps,
  fleet: Fleet,
  rotation: Rotation,
  records: readonly InstanceRecord[],
  until: number,
): Promise<InstanceRecord[]> {
  const commands = Map.groupBy(records.filter(isUnderWay), ({ credentialId, progress }) =>
    progress.is === 'under-way' ? `${credentialId} ${progress.token}` : credentialId,
  );
  const answers = await Promise.all([...commands.values()].map((own) => askFor(fleet, rotation, own, until)));
  const results = new Map(answers.flat().map((result) => [result.id, result]));
  const terms = { now: deps.clock.now(), limitMs: deps.settings.serviceLimitMs };
  const after: InstanceRecord[] = [];
  for (const record of records) {
    const settled = settle(record, results.get(record.instance.id), terms);
    if (settled !== record) await deps.ledger.saveInstance(rotation, settled);
    after.push(settled);
  }
  return after;
}

async function askFor(
  fleet: Fleet,
  rotation: Rotation,
  records: readonly InstanceRecord[],
  until: number,
): Promise<readonly InstanceResult[]> {
  const [first] = records;
  const credential = rotation.credentials.find(({ id }) => id === first?.credentialId);
  if (first?.progress.is !== 'under-way' || !credential) return [];
  const { token, versionId } = first.progress;
  const instances = records.map(({ instance }) => instance);
  return await fleet.apply(credential, versionId, instances, { token, until });
}

type Rule = (rotation: Rotation) => Rotation;

/** A host in trouble is told when the others of its wave have ended; undefined where the next step only goes on. */
async function whatFollows(
  deps: StoryDeps,
  fleet: Fleet,
  rotation: Rotation,
  records: readonly InstanceRecord[],
): Promise<Rule | undefined> {
  const now = deps.clock.now();
  const { state } = rotation;
  if (records.some(isUnderWay)) return undefined;
  const trouble = troubleIn(rotation, records, now);
  if (trouble && state.phase === 'going-back') return (current) => pause(current, trouble, false, now);
  if (trouble) return (current) => meetTrouble(current, trouble);
  if (dueNow(rotation, records).length > 0) return undefined;
  if (state.phase !== 'fleet') return (current) => endFleetBack(current, now);
  if (state.wave < state.waves) return (current) => endWave(current, state.wave);
  return await endOrGoOn(deps, fleet, rotation, records);
}

async function endOrGoOn(
  deps: StoryDeps,
  fleet: Fleet,
  rotation: Rotation,
  records: readonly InstanceRecord[],
): Promise<Rule> {
  const instances = await findJoined(deps, fleet, rotation, records);
  const waves = countWaves(instances);
  if (waves > countWaves(records)) return (current) => addWaves(current, waves);
  const consumers = await deps.ledger.consumers(rotation);
  const groups = countGroups(consumers);
  const at = { now: deps.clock.now(), groups, records: consumers, instances };
  return (current) => endFleet(current, at);
}

function versionFor({ credentials, state }: Rotation, credentialId: string): string {
  const credential = credentials.find(({ id }) => id === credentialId);
  const { baseVersionId = '', stagedVersionId = '' } = credential ?? {};
  return state.phase === 'going-back' ? baseVersionId : stagedVersionId;
}
