import type { Aws } from '../aws.ts';
import type { Clock } from '../clock.ts';
import type { Estate } from '../rotation/ports.ts';
import type { Consumer, ServiceConsumer } from '../rotation/rules/consumer.ts';
import { createDefinitions, type Definitions } from './definition.ts';
import { createEcsTarget, type EcsTarget } from './ecs-target.ts';
import { giveBack, halve, readSettings } from './half.ts';
import { createHosts, type Hosts } from './hosts.ts';
import { lookAt } from './look.ts';
import { createPace, type Pace } from './pace.ts';
import { forceDeployment } from './restart.ts';
import { roleMayRead } from './role.ts';
import { hasRoomFor } from './room.ts';
import type { Diagnose } from './running-tasks.ts';
import { scanTarget } from './scan.ts';
import { createSecretNames } from './secret-names.ts';
import { tasksOf } from './tasks.ts';

export interface EstateOptions {
  readonly aws: Aws;
  readonly clock: Clock;
  /** Reads a reason text: `diagnosePullFailure`. */
  readonly diagnose: Diagnose;
}

/** What is kept of one target: its pace, and what never changes. */
interface Kept {
  readonly pace: Pace;
  readonly ecs: EcsTarget;
  readonly definitions: Definitions;
  readonly hosts: Hosts;
}

/** The estate of every target. Keep one for as long as possible: it remembers task definitions and the API's pace. */
export function createEstate(options: EstateOptions): Estate {
  const { aws, clock } = options;
  const made = new Map<string, Kept>();
  const of = (target: string): Kept => {
    const kept = made.get(target) ?? keep(options, target);
    made.set(target, kept);
    return kept;
  };
  return {
    async scan(credentialIds) {
      const only = credentialIds && new Set(credentialIds);
      const found = await Promise.all(aws.targets.map(({ id }) => scanOne(options, of(id), only)));
      return found.flat();
    },
    async look(services) {
      const byTarget = [...Map.groupBy(services, ({ target }) => target)];
      const sights = await Promise.all(byTarget.map(([target, ours]) => lookAt(of(target).ecs, ours)));
      return sights.flat();
    },
    async restart(service) {
      const client = aws.ecsOnce(service.target);
      return forceDeployment({ clock, pace: of(service.target).pace, client }, service);
    },
    readSettings: async (service) => readSettings(of(service.target).ecs, service),
    async halve(service, settings) {
      const client = aws.ecsOnce(service.target);
      await halve({ clock, pace: of(service.target).pace, client }, service, settings);
    },
    async giveBack(service, settings) {
      const { pace, ecs } = of(service.target);
      await giveBack({ clock, pace, client: aws.ecsOnce(service.target) }, ecs, service, settings);
    },
    async tasks(service, since) {
      const { ecs, hosts } = of(service.target);
      return tasksOf(ecs, hosts, service, since);
    },
    async hasRoom(service: ServiceConsumer) {
      const { ecs, definitions } = of(service.target);
      return hasRoomFor(ecs, definitions, service);
    },
    roleMayRead: async (target, role, secret) => roleMayRead(aws, target, role, secret),
  };
}

function keep({ aws, clock }: EstateOptions, target: string): Kept {
  const pace = createPace(clock);
  const ecs = createEcsTarget(aws, target, pace);
  return { pace, ecs, definitions: createDefinitions(ecs), hosts: createHosts(ecs) };
}

function scanOne(
  { aws, diagnose }: EstateOptions,
  { ecs, definitions }: Kept,
  only: ReadonlySet<string> | undefined,
): Promise<Consumer[]> {
  const { id, stage } = aws.target(ecs.id);
  return scanTarget({
    target: ecs,
    place: { target: id, stage },
    definitions,
    secretNames: createSecretNames(aws, id),
    diagnose,
    only,
  });
}
