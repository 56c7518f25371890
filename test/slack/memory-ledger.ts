import type { AuditEntry, Inventory, Ledger } from '../../src/rotation/ports.ts';
import type { CheckReport } from '../../src/rotation/rules/checks.ts';
import type { ConsumerRecord } from '../../src/rotation/rules/consumer.ts';
import type { InstanceRecord } from '../../src/rotation/rules/instance.ts';
import type { Rotation, RotationKey } from '../../src/rotation/rules/rotation.ts';

export interface MemoryLedger extends Ledger {
  put(rotation: Rotation): void;
}

/** The ledger's contract over maps: one record at a time, so a change never meets another writer. */
export function createMemoryLedger(): MemoryLedger {
  const rotations = new Map<string, Rotation>();
  const consumers = new Map<string, readonly ConsumerRecord[]>();
  const instances = new Map<string, readonly InstanceRecord[]>();
  const reports = new Map<string, CheckReport>();
  const audits = new Map<string, AuditEntry[]>();
  const markers = new Set<string>();
  let inventory: Inventory = { at: 0, credentials: [], consumers: [] };
  const name = ({ registry, id }: RotationKey) => `${registry}/${id}`;
  const isOpen = (rotation: Rotation) => rotation.state.phase !== 'closed';
  const ledger: MemoryLedger = {
    put: (rotation) => void rotations.set(name(rotation), rotation),
    read: async (key) => rotations.get(name(key)),
    open: async (registry) => [...rotations.values()].find((r) => r.registry === registry && isOpen(r)),
    listUnfinished: async () => [...rotations.values()].filter((one) => isOpen(one) || !one.tidied),
    async begin(rotation, replaces) {
      const heldBy = await ledger.open(rotation.registry);
      if (heldBy && heldBy.id !== replaces?.ended.id) return { begun: false, heldBy };
      if (replaces) ledger.put(replaces.ended);
      ledger.put(rotation);
      return { begun: true };
    },
    async change(key, transition, { ended = false } = {}) {
      const rotation = rotations.get(name(key));
      if (!rotation || !(ended || isOpen(rotation)))
        return { refused: 'not-open', ...(rotation ? { rotation } : {}) };
      const outcome = transition(rotation);
      if ('refused' in outcome) return { refused: outcome.refused, rotation };
      const changed = { ...outcome.rotation, rev: rotation.rev + 1 };
      ledger.put(changed);
      return { rotation: changed };
    },
    consumers: async (key) => consumers.get(name(key)) ?? [],
    async saveConsumer(key, record) {
      const others = (consumers.get(name(key)) ?? []).filter((r) => r.consumer.id !== record.consumer.id);
      consumers.set(name(key), [...others, record]);
    },
    saveConsumers: async (key, records) => void consumers.set(name(key), records),
    instances: async (key) => instances.get(name(key)) ?? [],
    async saveInstance(key, record) {
      const others = (instances.get(name(key)) ?? []).filter((r) => r.instance.id !== record.instance.id);
      instances.set(name(key), [...others, record]);
    },
    saveInstances: async (key, records) => void instances.set(name(key), records),
    report: async (key) => reports.get(name(key)),
    saveReport: async (key, report) => void reports.set(name(key), report),
    audit: async (key, entry) => void audits.set(name(key), [...(audits.get(name(key)) ?? []), entry]),
    auditOf: async (key) => audits.get(name(key)) ?? [],
    inventory: async () => inventory,
    async saveInventory(next) {
      inventory = next;
    },
    history: async (registry, limit) =>
      [...rotations.values()]
        .filter((r) => r.registry === registry && !isOpen(r))
        .sort((one, other) => endOf(other) - endOf(one))
        .slice(0, limit),
    async undoOnce(marker) {
      markers.delete(marker);
    },
    async once(marker) {
      if (markers.has(marker)) return false;
      markers.add(marker);
      return true;
    },
  };
  return ledger;
}

function endOf({ state, ask }: Rotation): number {
  return state.phase === 'closed' ? state.at : ask.at;
}
