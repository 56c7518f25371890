import { RotateError } from '../../../src/errors.ts';
import type { Clock, Fleet } from '../../../src/rotation/ports.ts';
import type { CredentialRef, RotatedCredential } from '../../../src/rotation/rules/credential.ts';
import type { InstanceResult, InstanceSight } from '../../../src/rotation/rules/instance.ts';

/** `slow`: it takes two steps. `silent`: nothing is ever heard of it. `away`: ready when it was asked, then gone. */
export type HostBehaviour = 'normal' | 'refused' | 'restored' | 'failed' | 'away' | 'slow' | 'silent';

export class FakeHost {
  sight: InstanceSight;
  behaviour: HostBehaviour = 'normal';
  /** Version that its agent uses. */
  holds: string;
  /** How often its agent was restarted. */
  restarts = 0;

  constructor(sight: InstanceSight, holds: string) {
    this.sight = sight;
    this.holds = holds;
  }
}

/** Clusters of hosts that fetch versions. Commands are remembered by their token, as Run Command's are. */
export class FakeFleet implements Fleet {
  readonly #clock: Pick<Clock, 'now'> & { advance(ms: number): void };
  readonly clusters = new Map<string, FakeHost[]>();
  /** Names of the hosts of every command, in the order they were sent. */
  readonly sent: string[][] = [];
  /** How often a command was asked for, sent or looked up. */
  readonly asked: string[] = [];
  dryRuns = 0;
  /** The next command is sent, and then its answer is lost. */
  dieAfterSending = false;
  /** The next command fails before it is sent. */
  dieBeforeSending = false;
  /** Happens once, right after the next command. */
  afterSending: (() => void) | undefined;

  constructor(clock: Pick<Clock, 'now'> & { advance(ms: number): void }) {
    this.#clock = clock;
  }

  /** A host of a cluster with the login of before. */
  add(credentialId: string, name: string, parts: Partial<InstanceSight> = {}): FakeHost {
    const sight = { id: `${credentialId}/${name}`, name, zone: 'eu-west-1a', tasks: 2, family: 'al2023' };
    const host = new FakeHost({ ...sight, ...parts }, 'v1');
    this.clusters.set(credentialId, [...(this.clusters.get(credentialId) ?? []), host]);
    return host;
  }

  remove(credentialId: string, name: string): void {
    const left = this.#hosts(credentialId).filter(({ sight }) => sight.name !== name);
    this.clusters.set(credentialId, left);
  }

  host(name: string): FakeHost {
    const host = [...this.clusters.values()].flat().find(({ sight }) => sight.name === name);
    if (!host) throw new Error(`no host ${name}`);
    return host;
  }

  get all(): FakeHost[] {
    return [...this.clusters.values()].flat();
  }

  async look({ id }: CredentialRef): Promise<InstanceSight[]> {
    return this.#hosts(id).map(({ sight }) => sight);
  }

  async dryRun(
    { id }: RotatedCredential,
    versionId: string,
    { instances }: { instances?: readonly InstanceSight[] } = {},
  ): Promise<InstanceSight[]> {
    this.dryRuns += 1;
    const asked = instances?.map((instance) => instance.id);
    const hosts = this.#hosts(id).filter(({ sight }) => asked?.includes(sight.id) ?? true);
    const holds = { type: 'dockercfg', registries: ['ghcr.io'], problems: [] };
    return hosts.map((host) => ({ holds: { ...holds, isSame: host.holds === versionId }, ...host.sight }));
  }

  async apply(
    { id }: RotatedCredential,
    versionId: string,
    instances: readonly InstanceSight[],
    { token, until }: { token: string; until: number },
  ): Promise<InstanceResult[]> {
    if (this.dieBeforeSending) this.#die('dieBeforeSending');
    if (token.length > 40) throw new Error('a token has 40 signs at most');
    const ids = instances.map((instance) => instance.id);
    const hosts = this.#hosts(id).filter(({ sight }) => ids.includes(sight.id));
    const isSent = this.asked.includes(token);
    this.asked.push(token);
    if (!isSent) this.#send(versionId, hosts);
    if (this.dieAfterSending) this.#die('dieAfterSending');
    const results = ids.map((one) => resultOf(one, hosts, isSent));
    const isBusy = results.some(({ is }) => is === 'under-way');
    this.#clock.advance(isBusy ? until - this.#clock.now() : 20_000);
    return results;
  }

  #send(versionId: string, hosts: readonly FakeHost[]): void {
    this.sent.push(hosts.map(({ sight }) => sight.name));
    for (const host of hosts) {
      const takes = host.behaviour === 'normal' || host.behaviour === 'slow';
      if (takes && host.holds !== versionId)
        Object.assign(host, { holds: versionId, restarts: host.restarts + 1 });
    }
    this.afterSending?.();
    this.afterSending = undefined;
  }

  #die(how: 'dieAfterSending' | 'dieBeforeSending'): never {
    this[how] = false;
    throw new RotateError('aws-failed', {
      action: 'ssm:SendCommand',
      name: how,
      resource: '*',
      problem: how,
    });
  }

  #hosts(credentialId: string): FakeHost[] {
    return this.clusters.get(credentialId) ?? [];
  }
}

function resultOf(id: string, hosts: readonly FakeHost[], isSent: boolean): InstanceResult {
  const host = hosts.find(({ sight }) => sight.id === id);
  switch (host?.behaviour) {
    case undefined:
    case 'away':
      return { id, is: 'undelivered' };
    case 'refused':
    case 'restored':
    case 'failed':
      return { id, is: host.behaviour, why: 'agent-not-back' };
    case 'silent':
      return { id, is: 'under-way' };
    case 'slow':
      return { id, is: isSent ? 'applied' : 'under-way' };
    case 'normal':
      return { id, is: 'applied' };
  }
}
