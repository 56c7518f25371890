import type { TableBlock } from '@slack/types';
import type { ConsumerRecord } from '../../rotation/rules/consumer.ts';
import { clip } from '../../text/escape.ts';
import { table } from '../blocks.ts';
import { plainCauseOf } from './cause.ts';
import type { Scene } from './frame.ts';
import { failing } from './service-lines.ts';

const mostRows = 20;
/** What the reasons of all rows may take together: a message's text has one ceiling for everything. */
const mostReasonText = 2_400;
const mostHint = 90;

/** One row a failing service: what ECS said as it came, and what to do. Undefined where none fails. */
export function failureTable(scene: Scene): TableBlock | undefined {
  const records = failing(scene.view.consumers);
  const shown = records.slice(0, mostRows);
  if (shown.length === 0) return undefined;
  const { columns, moreRows } = scene.texts.failure;
  const longest = Math.min(1_024, Math.floor(mostReasonText / shown.length));
  const rows = shown.map((record) => rowOf(scene, record, longest));
  const more = records.length - shown.length;
  const whole = [columns, ...rows, ...(more > 0 ? [[moreRows(more), '', '', '']] : [])];
  return table(isSaidAbove(records) ? whole.map((cells) => cells.slice(0, 3)) : whole);
}

/** What to do about the one service that could not pull stands above the table already. */
function isSaidAbove([first, ...others]: readonly ConsumerRecord[]): boolean {
  return others.length === 0 && first !== undefined && 'trouble' in first.verdict;
}

function rowOf({ texts, view }: Scene, { consumer, verdict }: ConsumerRecord, longest: number): string[] {
  const name = clip(consumer.name, 40);
  if (verdict.is === 'crashed') {
    const code = verdict.exitCode === undefined ? '' : texts.paused.exitCode(String(verdict.exitCode));
    return [name, shortTask(verdict.taskId), clip(verdict.reason, longest), code];
  }
  if (!('trouble' in verdict)) return [name, '', '', ''];
  const { trouble } = verdict;
  const names = { registry: view.rotation.registry, userName: view.rotation.ask.userName };
  const hint = plainCauseOf(trouble, texts, names).next;
  return [name, shortTask(trouble.taskId), clip(trouble.reason, longest), clip(hint, mostHint)];
}

/** Enough of a task's id to find it by. */
function shortTask(taskId: string): string {
  return clip(taskId, 9);
}
