import type { Finding } from '../rules/checks.ts';
import type { Consumer } from '../rules/consumer.ts';
import type { RotatedCredential } from '../rules/credential.ts';
import { fleetsOf } from '../rules/fleet.ts';
import { type Cluster, makeFleetPlan } from '../rules/fleet-plan.ts';
import type { HeldLogins, InstanceRecord, InstanceSight } from '../rules/instance.ts';
import type { Rotation } from '../rules/rotation.ts';
import { fleetFrom } from '../steps/fleet-port.ts';
import type { CheckingDeps } from './deps.ts';

export interface FleetFindings {
  readonly findings: readonly Finding[];
  /** The plan of the hosts. */
  readonly instances: readonly InstanceRecord[];
}

/** A dry run on every host: whether it could be given the new login, and what its agent does not read. */
export async function findInFleet(
  deps: CheckingDeps,
  rotation: Rotation,
  consumers: readonly Consumer[],
): Promise<FleetFindings> {
  const clusters: Cluster[] = [];
  const findings: Finding[] = [];
  for (const credential of fleetsOf(rotation)) {
    const { id, target, stagedVersionId } = credential;
    const instances = await fleetFrom(deps).dryRun(credential, stagedVersionId);
    const stage = consumers.find((consumer) => consumer.target === target)?.stage ?? 'production';
    clusters.push({ credentialId: id, stage, instances });
    findings.push(...describeFiles(credential, instances));
  }
  return {
    findings: [...describeReadiness(rotation, clusters), ...findings],
    instances: makeFleetPlan(clusters, deps.groupPercent),
  };
}

/** None ready is a stop: nothing could be changed. Some are: the others are left, which the approver decides. */
function describeReadiness(rotation: Rotation, clusters: readonly Cluster[]): Finding[] {
  const all = clusters.flatMap(({ instances }) => instances);
  if (all.length === 0) return [];
  const isNoneReady = all.every(({ notReady }) => notReady !== undefined);
  const check = isNoneReady ? 'instances-none-ready' : 'instances-not-ready';
  const away = clusters.flatMap(({ credentialId, instances }) => {
    const credential = rotation.credentials.find(({ id }) => id === credentialId);
    return describeAway(check, credential?.name ?? '', instances);
  });
  return away.length > 0 ? away : [{ check: 'instances-ready', facts: { count: all.length } }];
}

const mostNamed = 4;

/** One finding a reason. `hosts` is `name:tasks:zone` a host, parted by blanks; the catalogue makes words of it. */
function describeAway(
  check: 'instances-none-ready' | 'instances-not-ready',
  name: string,
  instances: readonly InstanceSight[],
): Finding[] {
  const away = instances.filter(({ notReady }) => notReady !== undefined);
  const ready = instances.length - away.length;
  return [...Map.groupBy(away, ({ notReady }) => notReady ?? 'unknown')].map(([because, hosts]) => {
    const named = hosts.slice(0, mostNamed).map((host) => `${host.name}:${host.tasks}:${host.zone ?? ''}`);
    const more = hosts.length - named.length;
    const misses = hosts.find((host) => host.misses)?.misses;
    return {
      check,
      facts: {
        name,
        ready,
        of: instances.length,
        because,
        hosts: named.join(' '),
        ...(more > 0 ? { more } : {}),
        ...(misses ?? {}),
      },
    };
  });
}

function describeFiles({ name }: RotatedCredential, instances: readonly InstanceSight[]): Finding[] {
  const held = instances.flatMap(({ holds }) => (holds ? [holds] : []));
  const problems = held.flatMap((holds) => distinct(holds.problems));
  const broken = [...Map.groupBy(problems, nameOf).values()].flatMap((of): Finding[] => {
    const [first] = of;
    if (!first) return [];
    const key: Finding['facts'] = first.key === undefined ? {} : { key: first.key };
    return [{ check: 'agent-config-broken', facts: { name, problem: first.name, ...key, count: of.length } }];
  });
  const plain = held.filter(({ type }) => type === 'docker').length;
  return plain > 0 ? [...broken, { check: 'agent-docker-type', facts: { name, count: plain } }] : broken;
}

type Problems = HeldLogins['problems'];

/** One host may have the same fault on several lines. */
function distinct(problems: Problems): Problems {
  return [...new Map(problems.map((problem) => [nameOf(problem), problem])).values()];
}

function nameOf({ name, key = '' }: Problems[number]): string {
  return `${name} ${key}`;
}
