import type { KnownBlock, ModalView } from '@slack/types';
import type { ConsumerRecord } from '../../rotation/rules/consumer.ts';
import { isRestarted, isService } from '../../rotation/rules/plan.ts';
import type { Texts } from '../../text/catalogue.ts';
import { section } from '../blocks.ts';
import { quote } from '../mrkdwn.ts';
import { modal } from './inputs.ts';

// A view may weigh 250 KB and have 100 blocks; nobody reads more than this either.
const mostNames = 400;
const namesPerBlock = 25;

/** Every service in the order of its restart, then what is left out and why. */
export function servicesView(texts: Texts, records: readonly ConsumerRecord[]): ModalView {
  const { approval, form } = texts;
  const shown = [...records].sort((a, b) => place(a) - place(b)).slice(0, mostNames);
  const more = records.length - shown.length;
  const parts = [...groups(shown).entries()].flatMap(([group, members]) =>
    inBlocks(
      headingOf(texts, group),
      members.map((record) => lineOf(texts, record)),
    ),
  );
  const none = records.length === 0 ? [section(approval.noServices)] : [];
  return modal({
    callbackId: 'services',
    title: approval.servicesTitle,
    close: form.close,
    blocks: [...none, ...parts.slice(0, 98), more > 0 ? section(approval.moreServices(more)) : undefined],
  });
}

function groups(records: readonly ConsumerRecord[]): Map<number, ConsumerRecord[]> {
  const byGroup = new Map<number, ConsumerRecord[]>();
  for (const record of records) byGroup.set(place(record), [...(byGroup.get(place(record)) ?? []), record]);
  return byGroup;
}

/** The group's number; what is left out comes last. */
function place(record: ConsumerRecord): number {
  return record.planned.action === 'restart' ? record.planned.group : Number.POSITIVE_INFINITY;
}

function headingOf({ approval }: Texts, group: number): string {
  if (group === Number.POSITIVE_INFINITY) return approval.leftOut;
  return group === 0 ? approval.firstService : approval.group(group + 1);
}

function lineOf(texts: Texts, record: ConsumerRecord): string {
  const { consumer, planned } = record;
  const name = quote(consumer.name, 80);
  if (!isRestarted(record) && planned.action === 'leave-out')
    return `${name} ${texts.states.leftOut(planned.because)}`;
  const stage = quote(
    isService(record) ? `${consumer.stage} · ${record.consumer.cluster}` : consumer.stage,
    80,
  );
  return `${name} · ${stage}`;
}

function inBlocks(heading: string, lines: readonly string[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < lines.length; at += namesPerBlock) {
    const part = lines.slice(at, at + namesPerBlock).join('\n');
    blocks.push(section(at === 0 ? `*${heading}*\n${part}` : part));
  }
  return blocks;
}
