import type { SQLInputValue } from 'node:sqlite';

/** Which executions to list, newest first unless `oldestFirst`. `after` is the number of the last one seen. */
export interface ListQuery {
  readonly functionName: string;
  readonly version?: string | undefined;
  readonly name?: string | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly startedAfter?: number | undefined;
  readonly startedBefore?: number | undefined;
  readonly oldestFirst?: boolean | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
}

/** The `where` of a listing and its values. */
export function conditions(query: ListQuery): { where: string; values: SQLInputValue[] } {
  const statuses = query.statuses ?? [];
  const parts: [string, SQLInputValue | undefined][] = [
    ['functionName = ?', query.functionName],
    ['version = ?', query.version],
    ['name = ?', query.name],
    ['startedAt > ?', query.startedAfter],
    ['startedAt < ?', query.startedBefore],
    [query.oldestFirst ? 'number > ?' : 'number < ?', query.after],
  ];
  const given = parts.filter(([, value]) => value !== undefined);
  const where = given.map(([sql]) => sql);
  if (statuses.length > 0) where.push(`status in (${statuses.map(() => '?').join(', ')})`);
  return { where: where.join(' and '), values: [...given.map(([, value]) => value ?? null), ...statuses] };
}
