/** Where the hosts of a rotation stand, and what is due next: pure, from the records. */
import { createHash } from 'node:crypto';
import type { CredentialRef } from './credential.ts';
import type { InstanceProgress, InstanceRecord, InstanceResult } from './instance.ts';
import type { Left, Rotation, Trouble } from './rotation.ts';

/** Credentials of a rotation whose hosts must change: those of kind `agent` that get another login. */
export function fleetsOf({ credentials }: Rotation): Rotation['credentials'] {
  return credentials.filter(
    ({ kind, baseVersionId, stagedVersionId }) => kind === 'agent' && baseVersionId !== stagedVersionId,
  );
}

export function hasFleet(rotation: Rotation): boolean {
  return fleetsOf(rotation).length > 0;
}

export function isAgent({ kind }: CredentialRef): boolean {
  return kind === 'agent';
}

/**
 * The hosts to be changed now. Until one of all has come back with the new login they go one by one; on the way back it
 * is known to work, and the waves are the same.
 */
export function dueNow(rotation: Rotation, records: readonly InstanceRecord[]): InstanceRecord[] {
  const { state } = rotation;
  if (state.phase === 'going-back') {
    const due = records.filter(isDueBack);
    const wave = Math.min(...due.map(waveOf));
    return due.filter((record) => waveOf(record) === wave);
  }
  if (state.phase !== 'fleet') return [];
  const due = records.filter((record) => isDue(record) && waveOf(record) === state.wave);
  return records.some(({ progress }) => progress.is === 'changed') ? due : due.slice(0, 1);
}

export function isUnderWay({ progress }: InstanceRecord): boolean {
  return progress.is === 'under-way';
}

/** The name of one command: the same hosts at the same point of the story give the same. 40 signs at most. */
export function tokenOf(rotation: Rotation, credentialId: string, ids: readonly string[]): string {
  const { id, state } = rotation;
  const since = 'since' in state ? state.since : 0;
  const content = JSON.stringify([state.phase, since, credentialId, [...ids].sort()]);
  return `${id}-${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}

/** Marks a host before anything is sent to it. */
export function begin(record: InstanceRecord, sent: Omit<UnderWay, 'is'>): InstanceRecord {
  return { ...record, progress: { is: 'under-way', ...sent } };
}

type UnderWay = Extract<InstanceProgress, { is: 'under-way' }>;

/** What became of a host under way. One that has been for too long has failed: whether it is changed is not known. */
export function settle(
  record: InstanceRecord,
  result: InstanceResult | undefined,
  terms: { readonly now: number; readonly limitMs: number },
): InstanceRecord {
  const { progress } = record;
  if (progress.is !== 'under-way') return record;
  const back = progress.back ? ({ back: true } as const) : {};
  const is = result?.is ?? 'under-way';
  switch (is) {
    case 'applied':
    case 'already':
      return { ...record, progress: { is: progress.back ? 'back' : 'changed' } };
    case 'undelivered':
      return { ...record, progress: { is, ...back } };
    case 'refused':
    case 'restored':
    case 'failed': {
      const why = result && 'why' in result ? result.why : '';
      return { ...record, progress: { is, why, ...back } };
    }
    case 'under-way': {
      if (terms.now - progress.since <= terms.limitMs) return record;
      return { ...record, progress: { is: 'failed', why: 'no-answer', ...back } };
    }
    default:
      return unknownResult(is);
  }
}

/** The first host that did not come back, in the direction the rotation goes. */
export function troubleIn(
  rotation: Rotation,
  records: readonly InstanceRecord[],
  at: number,
): Trouble | undefined {
  const failed = records.find((record) => isFailed(record, isGoingBack(rotation)));
  if (!failed) return undefined;
  const { instance, progress } = failed;
  if (!('why' in progress)) return undefined;
  const { is, why } = progress;
  return { cause: 'instance', instance: { id: instance.id, name: instance.name, is, why }, at };
}

/** Tried again: as if nothing had been sent. */
export function again(rotation: Rotation, record: InstanceRecord): InstanceRecord {
  if (!isFailed(record, isGoingBack(rotation))) return record;
  return { ...record, progress: { is: isGoingBack(rotation) ? 'changed' : 'not-started' } };
}

/** Hosts that do not have the login they were to get, and why. */
export function leftOfFleet(records: readonly InstanceRecord[]): Left[] {
  return records.flatMap((record) => {
    const because = whyLeft(record);
    return because ? [{ consumerId: record.instance.id, name: record.instance.name, because }] : [];
  });
}

/** Hosts that could not be given the old login again: they hold the new one, or it is not known what they hold. */
export function leftOnWayBack(records: readonly InstanceRecord[]): Left[] {
  const isLeft = ({ progress }: InstanceRecord) =>
    progress.is === 'changed' || ('back' in progress && progress.back === true);
  return records.filter(isLeft).map(({ instance, progress }) => ({
    consumerId: instance.id,
    name: instance.name,
    because: 'why' in progress ? progress.is : 'not-reached',
  }));
}

/** Whether it may have come back since the plan was made. */
export function isAway({ planned, progress }: InstanceRecord): boolean {
  return planned.action === 'leave' && planned.because !== 'by-hand' && progress.is === 'not-started';
}

function whyLeft({ planned, progress }: InstanceRecord): string | undefined {
  switch (progress.is) {
    case 'changed':
    case 'back':
    case 'gone':
      return undefined;
    case 'undelivered':
      return 'not-reached';
    case 'refused':
    case 'restored':
    case 'failed':
    case 'under-way':
      return progress.is;
    case 'not-started':
      return planned.action === 'leave' ? planned.because : 'not-reached';
    default:
      return unknownResult(progress);
  }
}

function isGoingBack({ state }: Rotation): boolean {
  return state.phase === 'going-back' || (state.phase === 'paused' && state.goingBack !== undefined);
}

function isFailed({ planned, progress }: InstanceRecord, back: boolean): boolean {
  if (!('why' in progress)) return false;
  return planned.action === 'change' && (progress.back === true) === back;
}

function isDue({ planned, progress }: InstanceRecord): boolean {
  return planned.action === 'change' && progress.is === 'not-started';
}

/** One whose file could not be restored may hold the new login, so it is given the old one as well. */
function isDueBack({ planned, progress }: InstanceRecord): boolean {
  if (progress.is === 'failed') return progress.back !== true && planned.action === 'change';
  return progress.is === 'changed' && planned.action === 'change';
}

function waveOf({ planned }: InstanceRecord): number {
  return planned.action === 'change' ? planned.wave : Number.POSITIVE_INFINITY;
}

function unknownResult(result: never): never {
  throw new TypeError(`unknown result ${JSON.stringify(result)}`);
}
