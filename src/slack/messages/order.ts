import type { ConsumerRecord } from '../../rotation/rules/consumer.ts';
import { isRestarted, isService, type ServiceRecord } from '../../rotation/rules/plan.ts';
import type { Texts } from '../../text/catalogue.ts';
import { quote } from '../mrkdwn.ts';

/** What ECS takes to start, prove and drain a group, as a rule of thumb; it is told as "about". */
const minutesPerGroup = 4;

/** The order of the restarts: other stages, then the first service alone, then its groups. Empty where none restarts. */
export function orderOf(records: readonly ConsumerRecord[], texts: Texts): string {
  const { approval } = texts;
  const restarted = records.filter(isService).filter(isRestarted).sort(byGroup);
  const last = restarted.findLast((record) => record.consumer.scheduling === 'REPLICA') ?? restarted.at(-1);
  if (!last) return '';
  const before = otherStages(records, last.consumer.stage).map((stage) => quote(stage, 60));
  const own = restarted.filter((record) => record.consumer.stage === last.consumer.stage);
  const first = own[0] ?? last;
  const groups = new Set(own.map(groupNumber)).size - 1;
  const parts = [
    ...before,
    approval.alone(quote(first.consumer.name, 80)),
    ...(groups > 0 ? [approval.groups(groups)] : []),
  ];
  return approval.sequence(parts, estimate(new Set(restarted.map(groupNumber)).size));
}

/** Stages that restart before the last one, in order. */
export function otherStages(records: readonly ConsumerRecord[], last?: string): string[] {
  const restarted = records.filter(isService).filter(isRestarted).sort(byGroup);
  const final = last ?? restarted.at(-1)?.consumer.stage;
  const stages = restarted.map((record) => record.consumer.stage).filter((stage) => stage !== final);
  return [...new Set(stages)];
}

function groupNumber({ planned }: ServiceRecord): number {
  return planned.action === 'restart' ? planned.group : Number.POSITIVE_INFINITY;
}

function byGroup(a: ServiceRecord, b: ServiceRecord): number {
  return groupNumber(a) - groupNumber(b);
}

function estimate(groups: number): number {
  return Math.max(5, Math.ceil((groups * minutesPerGroup) / 5) * 5);
}
