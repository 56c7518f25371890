import type { AuditEntry, Clock, Inventory, Ledger } from '../../../src/rotation/ports.ts';
import type { CheckReport } from '../../../src/rotation/rules/checks.ts';
import type { ConsumerRecord } from '../../../src/rotation/rules/consumer.ts';
import type { InstanceRecord } from '../../../src/rotation/rules/instance.ts';
import type { Rotation, RotationKey } from '../../../src/rotation/rules/rotation.ts';
import { isOpen } from '../../../src/rotation/rules/transitions.ts';

type Method = keyof Ledger;

/** The ledger by the words of its port. Records go in and out as copies, as from a table. */
export class MemoryLedger implements Ledger {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #rotations = new Map<string, Rotation>();
  readonly #consumers = new Map<string, ConsumerRecord[]>();
  readonly #instances = new Map<string, InstanceRecord[]>();
  readonly #reports = new Map<string, CheckReport>();
  readonly #audits = new Map<string, AuditEntry[]>();
  readonly #markers = new Set<string>();
  readonly #failing: { readonly method: Method; skip: number }[] = [];
  #inventory: Inventory = { at: 0, credentials: [], consumers: [] };

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  /** The next call of this method, or one so many later, fails before it writes, as where a process dies between an effect and its record. */
  failOnce(method: Method, skip = 0): void {
    this.#failing.push({ method, skip });
  }

  async read(key: RotationKey): Promise<Rotation | undefined> {
    return this.#rotations.get(nameOf(key));
  }

  async open(registry: string): Promise<Rotation | undefined> {
    return [...this.#rotations.values()].find((one) => one.registry === registry && isOpen(one));
  }

  async listUnfinished(): Promise<Rotation[]> {
    return [...this.#rotations.values()].filter((one) => isOpen(one) || !one.tidied);
  }

  async begin(rotation: Rotation, replaces?: { ended: Rotation; rev: number }): ReturnType<Ledger['begin']> {
    this.#mayFail('begin');
    const held = await this.open(rotation.registry);
    const takesOver = held !== undefined && held.id === replaces?.ended.id && held.rev === replaces.rev;
    const isExpired = held?.state.phase === 'staging' && held.state.leaseUntil <= this.#clock.now();
    if (held && !takesOver && !isExpired) return { begun: false, heldBy: held };
    if (held) this.#rotations.delete(nameOf(held));
    if (takesOver && replaces) this.#put(replaces.ended);
    this.#put(rotation);
    return { begun: true };
  }

  async change<R>(
    key: RotationKey,
    transition: (rotation: Rotation) => { rotation: Rotation } | { refused: R },
    { ended = false }: { readonly ended?: boolean } = {},
  ): Promise<{ rotation: Rotation } | { refused: R | 'not-open'; rotation?: Rotation }> {
    this.#mayFail('change');
    const rotation = await this.read(key);
    const mayChange = rotation && (isOpen(rotation) || ended);
    if (!mayChange) return { refused: 'not-open', ...(rotation ? { rotation } : {}) };
    const outcome = transition(rotation);
    if ('refused' in outcome) return { refused: outcome.refused, rotation };
    return { rotation: this.#put({ ...outcome.rotation, rev: rotation.rev + 1 }) };
  }

  async consumers(key: RotationKey): Promise<ConsumerRecord[]> {
    return this.#consumers.get(nameOf(key)) ?? [];
  }

  async saveConsumer(key: RotationKey, record: ConsumerRecord): Promise<void> {
    this.#mayFail('saveConsumer');
    const records = await this.consumers(key);
    const isKnown = records.some(({ consumer }) => consumer.id === record.consumer.id);
    const after = records.map((known) => (known.consumer.id === record.consumer.id ? record : known));
    this.#consumers.set(nameOf(key), copy(isKnown ? after : [...records, record]));
  }

  async saveConsumers(key: RotationKey, records: readonly ConsumerRecord[]): Promise<void> {
    this.#mayFail('saveConsumers');
    this.#consumers.set(nameOf(key), copy([...records]));
  }

  async instances(key: RotationKey): Promise<InstanceRecord[]> {
    return this.#instances.get(nameOf(key)) ?? [];
  }

  async saveInstance(key: RotationKey, record: InstanceRecord): Promise<void> {
    this.#mayFail('saveInstance');
    const records = await this.instances(key);
    const isKnown = records.some(({ instance }) => instance.id === record.instance.id);
    const after = records.map((known) => (known.instance.id === record.instance.id ? record : known));
    this.#instances.set(nameOf(key), copy(isKnown ? after : [...records, record]));
  }

  async saveInstances(key: RotationKey, records: readonly InstanceRecord[]): Promise<void> {
    this.#mayFail('saveInstances');
    this.#instances.set(nameOf(key), copy([...records]));
  }

  async report(key: RotationKey): Promise<CheckReport | undefined> {
    return this.#reports.get(nameOf(key));
  }

  async saveReport(key: RotationKey, report: CheckReport): Promise<void> {
    this.#reports.set(nameOf(key), copy(report));
  }

  async audit(key: RotationKey, entry: AuditEntry): Promise<void> {
    this.#audits.set(nameOf(key), [...(await this.auditOf(key)), copy(entry)]);
  }

  async auditOf(key: RotationKey): Promise<AuditEntry[]> {
    return this.#audits.get(nameOf(key)) ?? [];
  }

  async inventory(): Promise<Inventory> {
    return this.#inventory;
  }

  async saveInventory(inventory: Inventory): Promise<void> {
    this.#inventory = copy(inventory);
  }

  async history(registry: string, limit: number): Promise<Rotation[]> {
    const ended = [...this.#rotations.values()].filter((r) => r.registry === registry && !isOpen(r));
    return ended.reverse().slice(0, limit);
  }

  async undoOnce(name: string): Promise<void> {
    this.#markers.delete(name);
  }

  async once(name: string): Promise<boolean> {
    if (this.#markers.has(name)) return false;
    this.#markers.add(name);
    return true;
  }

  #put(rotation: Rotation): Rotation {
    const stored = copy(rotation);
    this.#rotations.set(nameOf(rotation), stored);
    return stored;
  }

  #mayFail(method: Method): void {
    const failing = this.#failing.find((one) => one.method === method);
    if (!failing) return;
    failing.skip -= 1;
    if (failing.skip >= 0) return;
    this.#failing.splice(this.#failing.indexOf(failing), 1);
    throw new Error(`the table could not be reached (${method})`);
  }
}

function nameOf({ registry, id }: RotationKey): string {
  return `${registry}/${id}`;
}

/** As JSON: what is undefined is left out, as in a table. */
function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}
