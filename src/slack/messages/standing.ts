import type { ConsumerRecord } from '../../rotation/rules/consumer.ts';
import { isService, type ServiceRecord } from '../../rotation/rules/plan.ts';
import type { Texts } from '../../text/catalogue.ts';
import { quote } from '../mrkdwn.ts';

/** Tasks of one service, as last seen. */
export interface Tasks {
  readonly running: number;
  readonly desired: number;
}

/** Tasks as the watch saw them last, else as the scan did. In a rollout more may run than are wanted: they are not counted. */
export function tasksOf({ consumer, progress }: ServiceRecord): Tasks {
  const seen = progress.is === 'restarting' || progress.is === 'steady' ? progress : consumer;
  return { running: Math.min(seen.running, seen.desired), desired: seen.desired };
}

/**
 * Whether anything is down: "Nothing is down." only where every service runs its desired count, else the numbers.
 * Empty while no service is known.
 */
export function standing(records: readonly ConsumerRecord[], texts: Texts): string {
  const services = records.filter(isService);
  if (services.length === 0) return '';
  const short = services.filter((record) => isShort(tasksOf(record))).sort(worstFirst);
  if (short.length === 0) return texts.states.nothingDown;
  return texts.states.runs(
    short.map((record) => ({ name: quote(record.consumer.name, 80), ...tasksOf(record) })),
  );
}

/** All tasks together. */
export function sumTasks(records: readonly ConsumerRecord[]): Tasks {
  return records
    .filter(isService)
    .map(tasksOf)
    .reduce(
      (sum, { running, desired }) => ({ running: sum.running + running, desired: sum.desired + desired }),
      { running: 0, desired: 0 },
    );
}

function isShort({ running, desired }: Tasks): boolean {
  return running < desired;
}

function worstFirst(a: ServiceRecord, b: ServiceRecord): number {
  const missing = (record: ServiceRecord) => tasksOf(record).desired - tasksOf(record).running;
  return missing(b) - missing(a);
}
