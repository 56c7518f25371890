import { isDeepStrictEqual } from 'node:util';
import type { AuditEntry } from '../rotation/ports.ts';
import type { RotationKey } from '../rotation/rules/rotation.ts';
import { parseRecord } from './parse.ts';
import { auditSchema } from './schemas/report.ts';
import type { Store } from './store.ts';
import { AUDIT_PREFIX, auditKey, rotationPartition } from './table.ts';

/** Appends. The same entry at the same millisecond is the repeat of a step and stands once. */
export async function appendAudit(store: Store, key: RotationKey, entry: AuditEntry): Promise<void> {
  for (let n = 0; ; n += 1) {
    const at = auditKey(key, entry.at, n);
    if (await store.put({ ...at, record: entry }, { expression: 'attribute_not_exists(pk)' })) return;
    const there = await store.get(at);
    if (isDeepStrictEqual(there?.record, JSON.parse(JSON.stringify(entry)))) return;
  }
}

export async function readAudit(store: Store, key: RotationKey): Promise<readonly AuditEntry[]> {
  const items = await store.query(rotationPartition(key), AUDIT_PREFIX);
  return items.map(({ record }) => parseRecord(auditSchema, 'audit entry', record));
}
