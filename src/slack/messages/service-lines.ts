import type { ConsumerRecord } from '../../rotation/rules/consumer.ts';
import { isService } from '../../rotation/rules/plan.ts';
import type { Texts } from '../../text/catalogue.ts';
import { quote } from '../mrkdwn.ts';
import { causeOf } from './cause.ts';
import type { Scene } from './frame.ts';

/** About what a screen shows. */
const mostLines = 20;

/** One line a consumer, failing ones first, then what moves, what is proved, what is left. Undefined where none is known. */
export function serviceLines({ view, texts }: Scene): string | undefined {
  if (view.consumers.length === 0) return undefined;
  const lines = [...view.consumers]
    .sort((a, b) => rank(a) - rank(b) || a.consumer.name.localeCompare(b.consumer.name))
    .map((record) => lineOf(record, texts, view.rotation.registry));
  const shown = lines.slice(0, mostLines);
  const more = lines.length - shown.length;
  return [...shown, ...(more > 0 ? [texts.states.lines.more(more)] : [])].join('\n');
}

/** Order of the lines: trouble, someone else's deployment, restarting, proved, not proven, left out, later. */
function rank(record: ConsumerRecord): number {
  const { verdict, progress, planned } = record;
  if (verdict.is === 'denied' || verdict.is === 'failed') return 0;
  if (verdict.is === 'stale' || verdict.is === 'crashed') return 1;
  if (progress.is === 'waiting-for-colleague') return 2;
  if (verdict.is === 'pulled') return 4;
  if (progress.is === 'restarting') return 3;
  if (planned.action === 'leave-out') return 6;
  return progress.is === 'steady' ? 5 : 7;
}

function lineOf(record: ConsumerRecord, texts: Texts, registry: string): string {
  const { lines, unproven, leftOut } = texts.states;
  const { verdict, progress, planned } = record;
  const name = quote(record.consumer.name, 80);
  switch (verdict.is) {
    case 'denied':
      return `${lines.denied(name)}: ${causeOf(verdict.trouble, texts, { registry }).cause}`;
    case 'failed':
      return `${lines.failed(name)}: ${causeOf(verdict.trouble, texts, { registry }).cause}`;
    case 'stale':
      return lines.oldCopy(name, quote(verdict.trouble.host ?? '', 60));
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
  return progress.is === 'steady' ? lines.notProven(name, unproven(verdict.because)) : lines.later(name);
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
