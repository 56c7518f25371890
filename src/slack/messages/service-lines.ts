import type { ConsumerRecord } from '../../rotation/rules/consumer.ts';
import { isService } from '../../rotation/rules/plan.ts';
import type { Rotation } from '../../rotation/rules/rotation.ts';
import { quote } from '../mrkdwn.ts';
import { causeOf } from './cause.ts';
import type { Scene } from './frame.ts';

/** A line, and of how many consumers it tells. */
interface Line {
  readonly text: string;
  readonly of: number;
}

/** About what a screen shows. */
const mostLines = 20;
/** Rank of those whose turn has not come. */
const untouched = 6;

/**
 * One line a consumer, failing ones first, then what moves, what is proved, what is left; those whose turn has not come
 * share one line. Undefined where none is known.
 */
export function serviceLines(scene: Scene): string | undefined {
  const { view, texts } = scene;
  if (view.consumers.length === 0) return undefined;
  const records = [...view.consumers].sort(
    (a, b) => rank(a) - rank(b) || a.consumer.name.localeCompare(b.consumer.name),
  );
  const lines = [
    ...records.filter((record) => rank(record) < untouched).map((record) => lineOf(record, scene)),
    ...untouchedLine(
      records.filter((record) => rank(record) === untouched),
      scene,
    ),
    ...records.filter((record) => rank(record) > untouched).map((record) => lineOf(record, scene)),
  ];
  const shown = lines.slice(0, mostLines);
  const more = lines.slice(mostLines).reduce((sum, { of }) => sum + of, 0);
  return [...shown.map(({ text }) => text), ...(more > 0 ? [texts.states.lines.more(more)] : [])].join('\n');
}

function untouchedLine(records: readonly ConsumerRecord[], { view, texts }: Scene): Line[] {
  if (records.length === 0) return [];
  const names = records.map(({ consumer }) => quote(consumer.name, 80));
  const { later, notRestarted } = texts.states.lines;
  // Where the story has ended or turned back, their turn does not come.
  const isOver = ['closed', 'going-back'].includes(view.rotation.state.phase);
  return [{ text: isOver ? notRestarted(names) : later(names), of: names.length }];
}

/** Order of the lines: trouble, someone else's deployment, restarting, proved, not proven, later, left out. */
function rank(record: ConsumerRecord): number {
  const { verdict, progress, planned } = record;
  if (verdict.is === 'denied' || verdict.is === 'failed') return 0;
  if (verdict.is === 'stale' || verdict.is === 'crashed') return 1;
  if (progress.is === 'waiting-for-colleague') return 2;
  if (verdict.is === 'pulled') return 4;
  if (progress.is === 'restarting') return 3;
  if (planned.action === 'leave-out') return 7;
  return progress.is === 'steady' ? 5 : untouched;
}

function lineOf(record: ConsumerRecord, scene: Scene): Line {
  return { text: textOf(record, scene), of: 1 };
}

function textOf(record: ConsumerRecord, { texts, view }: Scene): string {
  const { registry } = view.rotation;
  const { lines, unproven, leftOut } = texts.states;
  const { verdict, progress, planned } = record;
  const name = quote(record.consumer.name, 80);
  switch (verdict.is) {
    case 'denied':
      return `${lines.denied(name)}: ${causeOf(verdict.trouble, texts, { registry }).cause}`;
    case 'failed':
      return `${lines.failed(name)}: ${causeOf(verdict.trouble, texts, { registry }).cause}`;
    case 'stale':
      return isBack(view.rotation)
        ? lines.ranOldCopy(name, quote(verdict.trouble.host ?? '', 60))
        : lines.oldCopy(name, quote(verdict.trouble.host ?? '', 60));
    case 'crashed':
      return lines.crashed(name, verdict.exitCode === undefined ? '' : String(verdict.exitCode));
    case 'pulled':
      return lines.pulled(name, verdict.provedBy, verdict.tasks);
    case 'unproven':
      break;
    default:
      return unknownVerdict(verdict);
  }
  if (planned.action === 'leave-out') return lines.leftOut(name, leftOut(planned.because));
  if (progress.is === 'waiting-for-colleague') return lines.colleague(name);
  if (progress.is === 'restarting')
    return lines.restarting(name, Math.min(progress.running, progress.desired), progress.desired);
  return lines.notProven(name, unproven(verdict.because));
}

/** What was refused has been restarted with the old login since. */
function isBack({ state }: Rotation): boolean {
  return state.phase === 'closed' && state.because === 'went-back';
}

/** Services among the records that were proved. */
export function countPulled(records: readonly ConsumerRecord[]): number {
  return records.filter((record) => isService(record) && record.verdict.is === 'pulled').length;
}

/** Consumers with trouble of any kind, the login's own first. */
export function failing(records: readonly ConsumerRecord[]): ConsumerRecord[] {
  return records.filter((record) => rank(record) < 2).sort((a, b) => rank(a) - rank(b));
}

function unknownVerdict(verdict: never): never {
  throw new TypeError(`unknown verdict ${JSON.stringify(verdict)}`);
}
