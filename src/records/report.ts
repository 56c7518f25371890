import type { CheckReport } from '../rotation/rules/checks.ts';
import type { RotationKey } from '../rotation/rules/rotation.ts';
import { parseRecord } from './parse.ts';
import { reportSchema } from './schemas/report.ts';
import type { Store } from './store.ts';
import { reportKey } from './table.ts';

export async function readReport(store: Store, key: RotationKey): Promise<CheckReport | undefined> {
  const item = await store.get(reportKey(key));
  return item && parseRecord(reportSchema, 'report', item.record);
}

export async function writeReport(store: Store, key: RotationKey, report: CheckReport): Promise<void> {
  await store.put({ ...reportKey(key), record: report });
}
