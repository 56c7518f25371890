import type {
  Consumer,
  ConsumerRecord,
  LeftOutBecause,
  Planned,
  PrivateImage,
  ServiceConsumer,
} from './consumer.ts';
import type { Redeploy } from './rotation.ts';

/** No group is larger than this, so that one poll stays small and a stop stops soon. */
const largestGroup = 50;

/**
 * Decides for every consumer whether and when it restarts. Stages other than production come first, each with a
 * first service alone; then production the same way, in groups of a share of it; DAEMON services last of all, by
 * the same order.
 */
export function makePlan(consumers: readonly Consumer[], terms: PlanTerms): ConsumerRecord[] {
  const leftOut = new Map<string, LeftOutBecause>();
  const restarting: ServiceConsumer[] = [];
  for (const consumer of consumers) {
    const because = whyLeftOut(consumer, terms);
    if (because) leftOut.set(consumer.id, because);
    else if (consumer.kind === 'service') restarting.push(consumer);
  }
  const groups = arrange(restarting, terms.groupPercent);
  return consumers.map((consumer) => {
    const because = leftOut.get(consumer.id);
    const planned: Planned = because
      ? { action: 'leave-out', because }
      : {
          action: 'restart',
          group: groups.findIndex((group) => group.some((s) => s.id === consumer.id)),
          ...(terms.halved?.has(consumer.id) ? { halve: true } : {}),
        };
    return {
      consumer,
      planned,
      progress: { is: 'not-started' },
      verdict: { is: 'unproven', because: 'next-start' },
    };
  });
}

export interface PlanTerms {
  readonly redeploy: Redeploy;
  /** Ids of consumers whose tag points to a newer build, which are left out. */
  readonly movedTags: ReadonlySet<string>;
  /** Ids of consumers with an image that neither login may read: a restart could only fail. */
  readonly unreadable?: ReadonlySet<string>;
  /** Ids of services that could not roll otherwise and may run at half while they restart. */
  readonly halved?: ReadonlySet<string>;
  /** Share of production's services in one group, 1 to 100. */
  readonly groupPercent: number;
}

/** Number of groups of a plan, the first services' own groups included. */
export function countGroups(records: readonly ConsumerRecord[]): number {
  return records.reduce(
    (n, { planned }) => (planned.action === 'restart' ? Math.max(n, planned.group + 1) : n),
    0,
  );
}

/** The services of one group. */
export function groupOf(records: readonly ConsumerRecord[], group: number): ServiceRecord[] {
  return records
    .filter(isService)
    .filter(({ planned }) => planned.action === 'restart' && planned.group === group);
}

export type ServiceRecord = ConsumerRecord & { readonly consumer: ServiceConsumer };

export function isService(record: ConsumerRecord): record is ServiceRecord {
  return record.consumer.kind === 'service';
}

/**
 * Whether `after` restarts a service, lets one run at half, or uses an image repository, that `before` did not: that asks
 * for approval again.
 */
export function isMore(before: readonly ConsumerRecord[], after: readonly ConsumerRecord[]): boolean {
  const known = new Set(before.filter(isRestarted).flatMap(traces));
  return after
    .filter(isRestarted)
    .flatMap(traces)
    .some((trace) => !known.has(trace));
}

export function isRestarted(record: ConsumerRecord): boolean {
  return record.planned.action === 'restart';
}

export function isHalved({ planned }: ConsumerRecord): boolean {
  return planned.action === 'restart' && planned.halve === true;
}

/** Image without tag and digest. */
export function repositoryOf(image: string): string {
  const withoutDigest = image.split('@')[0] ?? image;
  const slash = withoutDigest.lastIndexOf('/');
  const colon = withoutDigest.indexOf(':', slash + 1);
  return colon < 0 ? withoutDigest : withoutDigest.slice(0, colon);
}

/** `acme/mailer` of `ghcr.io/acme/mailer:1.4`, for people: the registry is told beside it. */
export function repositoryPath(image: string, registry: string | undefined): string {
  const repository = repositoryOf(image);
  return registry && repository.startsWith(`${registry}/`)
    ? repository.slice(registry.length + 1)
    : repository;
}

function traces(record: ConsumerRecord): string[] {
  const { id, images } = record.consumer;
  return [
    id,
    ...images.map(({ image }) => repositoryOf(image)),
    ...(isHalved(record) ? [`${id} at half`] : []),
  ];
}

function whyLeftOut(
  consumer: Consumer,
  { redeploy, movedTags, unreadable }: PlanTerms,
): LeftOutBecause | undefined {
  if (consumer.kind === 'task-definition') return 'next-start';
  if (consumer.controller === 'CODE_DEPLOY') return 'code-deploy';
  if (consumer.controller === 'EXTERNAL') return 'external';
  if (consumer.strategy !== 'ROLLING') return 'blue-green';
  if (consumer.desired === 0) return 'desired-zero';
  if (redeploy === 'none') return 'not-asked';
  if (redeploy === 'failing' && !consumer.failingNow) return 'not-failing';
  if (unreadable?.has(consumer.id)) return 'unreadable';
  return movedTags.has(consumer.id) ? 'moved-tag' : undefined;
}

function arrange(services: readonly ServiceConsumer[], groupPercent: number): ServiceConsumer[][] {
  const daemons = services.filter((s) => s.scheduling === 'DAEMON');
  const replicas = services.filter((s) => s.scheduling !== 'DAEMON');
  return [...arrangeStages(replicas, groupPercent), ...arrangeStages(daemons, groupPercent)];
}

function arrangeStages(services: readonly ServiceConsumer[], groupPercent: number): ServiceConsumer[][] {
  const stages = [...new Set(services.map((s) => s.stage))].sort(productionLast);
  return stages.flatMap((stage) => {
    const percent = stage === 'production' ? groupPercent : 100;
    return arrangeStage(
      services.filter((s) => s.stage === stage),
      percent,
    );
  });
}

function productionLast(a: string, b: string): number {
  return Number(a === 'production') - Number(b === 'production') || a.localeCompare(b);
}

function arrangeStage(services: readonly ServiceConsumer[], percent: number): ServiceConsumer[][] {
  const [first, ...rest] = [...services].sort(firstServiceOrder);
  if (!first) return [];
  const size = Math.min(largestGroup, Math.max(1, Math.ceil((rest.length * percent) / 100)));
  return [[first], ...chunk(rest, size)];
}

/** The first service is the smallest that can prove the login. */
function firstServiceOrder(a: ServiceConsumer, b: ServiceConsumer): number {
  return Number(canProve(b)) - Number(canProve(a)) || a.desired - b.desired || a.id.localeCompare(b.id);
}

/** Fargate keeps no images; EC2 asks the registry for one tag, but not for a digest it has (Evidence). */
function canProve(service: ServiceConsumer): boolean {
  const { images } = service;
  if (service.midDeployment || service.desired < 1) return false;
  return service.launchType === 'FARGATE' || (images.length === 1 && images.every(isByTag));
}

function isByTag({ image }: PrivateImage): boolean {
  return !image.includes('@');
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}
