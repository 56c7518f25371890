import { diagnosePullFailure } from '../../../src/ecs/pull-failure.ts';
import { attempt } from '../../../src/rotation/checking/attempt.ts';
import type { CheckingDeps } from '../../../src/rotation/checking/deps.ts';
import { replan } from '../../../src/rotation/checking/replan.ts';
import { runChecks } from '../../../src/rotation/checking/run-checks.ts';
import type { Checker, Login } from '../../../src/rotation/ports.ts';
import type { StoreAnswer, StoreRequest } from '../../../src/rotation/requests.ts';
import type { ServiceConsumer } from '../../../src/rotation/rules/consumer.ts';
import type { RotationKey } from '../../../src/rotation/rules/rotation.ts';
import { store } from '../../../src/rotation/storing.ts';
import { defaultSettings, type StorySettings } from '../../../src/rotation/story-deps.ts';
import { createVerbs } from '../../../src/rotation/verbs.ts';
import type { Verbs } from '../../../src/rotation/workflow.ts';
import { agentOf, prodSecret, serviceOf, stagingSecret } from './example-consumers.ts';
import { FakeCredentials, login } from './fake-credentials.ts';
import { FakeEstate } from './fake-estate.ts';
import { FakeFleet } from './fake-fleet.ts';
import { FakeRegistry } from './fake-registry.ts';
import { ManualClock } from './manual-clock.ts';
import { MemoryLedger } from './memory-ledger.ts';
import { RecordingAnnouncer, RecordingExecutions } from './recorders.ts';

export const oldLogin = login('old-token');
export const newLogin = login('new-token');

export interface WorldParts {
  readonly services?: readonly ServiceConsumer[];
  readonly settings?: Partial<StorySettings>;
  readonly groupPercent?: number;
}

/** The whole core over fakes: real storing, real checks, real verbs; only what is outside is played. */
export class World {
  readonly clock = new ManualClock();
  readonly ledger = new MemoryLedger(this.clock);
  readonly credentials = new FakeCredentials();
  readonly registry = new FakeRegistry();
  readonly announcer = new RecordingAnnouncer();
  readonly executions = new RecordingExecutions();
  readonly fleet = new FakeFleet(this.clock);
  readonly estate: FakeEstate;
  readonly checker: Checker;
  readonly verbs: Verbs;
  readonly checking: CheckingDeps;

  constructor({ services = threeServices, settings = {}, groupPercent = 50 }: WorldParts = {}) {
    this.estate = new FakeEstate(this.clock, {
      loginOf: (id) => this.#loginOf(id),
      answer: (image, used) => this.registry.answer(image, used).answer,
    });
    for (const secret of [prodSecret, stagingSecret]) this.credentials.add(secret, oldLogin);
    for (const accepted of [oldLogin, newLogin]) this.registry.accept(accepted);
    for (const service of services) this.estate.add(service);
    this.checking = { ...this, groupPercent };
    this.checker = {
      check: (key) => runChecks(this.checking, key),
      replan: (key) => replan(this.checking, key),
      attempt: (key, which, images) => attempt(this.checking, key, which, images),
    };
    this.verbs = createVerbs({
      ...this,
      diagnose: diagnosePullFailure,
      settings: { ...defaultSettings, approvalsFor: () => 1, ...settings },
    });
  }

  /** What a host pulls with: the login in use, or the one its agent holds, as the first host of the cluster has it. */
  #loginOf(id: string): Login | undefined {
    const [host] = this.fleet.clusters.get(id) ?? [];
    if (!host) return this.credentials.inUse(id);
    const held = this.credentials.secrets.get(id)?.versions.get(host.holds);
    return held === undefined || held === 'no-login' ? oldLogin : held;
  }

  /** A cluster of so many hosts, whose login of before is known here or `no-login`. */
  addCluster(name: string, hosts: number, before: Login | 'no-login' = oldLogin): void {
    this.credentials.add(agentOf(name), before);
    for (let n = 1; n <= hosts; n++) this.fleet.add(agentOf(name), `${name}-${n}`, { tasks: n });
  }

  /** The form over the hosts of these clusters, and no secret. */
  hostsOf(...clusters: readonly string[]): Pick<StoreRequest, 'credentials'> {
    const of = (name: string) => ({ id: agentOf(name), name: `${name} hosts` });
    return { credentials: clusters.map((name) => ({ kind: 'agent', target: 'main', ...of(name) })) };
  }

  /** Submits the form. */
  store(
    parts: Partial<Omit<StoreRequest, 'ask'>> & { ask?: Partial<StoreRequest['ask']> } = {},
  ): Promise<StoreAnswer> {
    return store(this, this.request(parts));
  }

  request({
    ask = {},
    ...parts
  }: Partial<Omit<StoreRequest, 'ask'>> & { ask?: Partial<StoreRequest['ask']> }): StoreRequest {
    return {
      registry: 'ghcr.io',
      submission: 'V1',
      password: 'new-token',
      credentials: [
        { kind: 'secret', target: 'main', id: stagingSecret, name: 'staging/ghcr-pull' },
        { kind: 'secret', target: 'main', id: prodSecret, name: 'prod/ghcr-pull' },
      ],
      tryUntil: this.clock.now() + 2_000,
      ...parts,
      ask: {
        by: 'U_AYA',
        at: this.clock.now(),
        channel: 'C_OPS',
        why: 'planned',
        redeploy: 'all',
        entry: 'here',
        userName: 'acme-pull',
        ...ask,
      },
    };
  }

  /** Submits the form, and answers the key of the rotation that has begun. */
  async begin(parts: Parameters<World['store']>[0] = {}): Promise<RotationKey> {
    const answer = await this.store(parts);
    if (answer.result !== 'stored') throw new Error(`not stored: ${answer.result}`);
    return answer.key;
  }
}

/** One of staging, and two of production: the smaller one is production's first service. */
export const threeServices: readonly ServiceConsumer[] = [
  serviceOf('web', { desired: 4 }),
  serviceOf('mailer'),
  serviceOf('preview', { stage: 'staging' }),
];
