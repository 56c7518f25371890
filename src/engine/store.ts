import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Operation } from '@aws/durable-execution-sdk-js';
import type { OpenCallback } from './callbacks.ts';
import { type ExecutionRow, parseWithDates } from './execution-row.ts';
import type { Usage } from './limits.ts';
import { conditions, type ListQuery } from './list-query.ts';
import { callbackFrom, executionFrom, schema } from './schema.ts';

/** What one checkpoint, timer or callback changes in an execution; written in one transaction. */
export interface ExecutionChange {
  readonly operations: readonly Operation[];
  readonly opened?: readonly OpenCallback[];
  readonly closed?: readonly string[];
  readonly usage?: Usage;
}

/** The engine's state on disk (`:memory:` for none). What a method has written survives a kill of the process. */
export class Store {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec(`pragma journal_mode=wal; pragma synchronous=normal; ${schema}`);
  }

  insert(row: ExecutionRow, first: Operation): void {
    this.#together(() => {
      this.#run(
        `insert into executions(arn, functionName, version, name, payload, status, startedAt, timeoutSeconds,
         operations, bytes) values(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [row.arn, row.functionName, row.version, row.name, row.payload, row.status, row.startedAt],
        [row.timeoutSeconds, row.usage.operations, row.usage.bytes],
      );
      this.#putOperation(row.arn, first);
    });
  }

  change(arn: string, change: ExecutionChange): void {
    this.#together(() => {
      for (const operation of change.operations) this.#putOperation(arn, operation);
      for (const callback of change.opened ?? []) this.#putCallback(arn, callback);
      for (const id of change.closed ?? []) this.#run('update callbacks set open = 0 where id = ?', [id]);
      if (!change.usage) return;
      const { operations, bytes } = change.usage;
      this.#run('update executions set operations = ?, bytes = ? where arn = ?', [operations, bytes, arn]);
    });
  }

  finish(row: ExecutionRow): void {
    const error = row.error ? JSON.stringify(row.error) : null;
    this.#together(() => {
      this.#run(
        'update executions set status = ?, result = ?, error = ?, endedAt = ? where arn = ?',
        [row.status, row.result ?? null, error, row.endedAt ?? null],
        [row.arn],
      );
      this.#run('update callbacks set open = 0 where arn = ?', [row.arn]);
    });
  }

  execution(arn: string): ExecutionRow | undefined {
    return this.#executions('arn = ?', [arn])[0];
  }

  executionNamed(functionName: string, name: string): ExecutionRow | undefined {
    return this.#executions('functionName = ? and name = ?', [functionName, name])[0];
  }

  running(): ExecutionRow[] {
    return this.#executions(`status = 'RUNNING' order by number`, []);
  }

  list(query: ListQuery): (ExecutionRow & { number: number })[] {
    const { where, values } = conditions(query);
    const order = query.oldestFirst ? 'asc' : 'desc';
    return this.#executions(`${where} order by number ${order} limit ?`, [...values, query.limit]);
  }

  /** The operations in the order in which they first appeared. */
  operations(arn: string): Operation[] {
    const rows = this.#all('select body from operations where arn = ? order by rowid', [arn]);
    return rows.map((row) => parseWithDates<Operation>(String(row.body)));
  }

  openCallbacks(arn: string): OpenCallback[] {
    return this.#all('select * from callbacks where arn = ? and open = 1', [arn]).map(callbackFrom);
  }

  /** Where a callback belongs, completed or not; undefined when it was never handed out. */
  callbackOwner(id: string): string | undefined {
    const row = this.#all('select arn from callbacks where id = ?', [id])[0];
    return row && String(row.arn);
  }

  close(): void {
    this.#db.close();
  }

  #putOperation(arn: string, operation: Operation): void {
    this.#run(
      `insert into operations(arn, id, body) values(?, ?, ?)
       on conflict(arn, id) do update set body = excluded.body`,
      [arn, operation.Id ?? '', JSON.stringify(operation)],
    );
  }

  #putCallback(arn: string, callback: OpenCallback): void {
    this.#run(
      'insert or replace into callbacks values(?, ?, ?, 1, ?, ?, ?)',
      [callback.id, arn, callback.operationId, callback.expiresAt ?? null],
      [callback.heartbeatAt ?? null, callback.heartbeatSeconds ?? null],
    );
  }

  #executions(where: string, values: SQLInputValue[]): (ExecutionRow & { number: number })[] {
    return this.#all(`select * from executions where ${where}`, values).map(executionFrom);
  }

  #all(sql: string, values: SQLInputValue[]): ReturnType<StatementSync['all']> {
    return this.#prepared(sql).all(...values);
  }

  #run(sql: string, ...values: SQLInputValue[][]): void {
    this.#prepared(sql).run(...values.flat());
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #together(write: () => void): void {
    this.#db.exec('begin immediate');
    try {
      write();
      this.#db.exec('commit');
    } catch (error) {
      this.#db.exec('rollback');
      throw error;
    }
  }
}
